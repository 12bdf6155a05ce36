import type { Database } from '../../storage/connect.ts';
import { lineFindings, placesOf } from '../../storage/given-files.ts';
import { AssayError } from '../../terms/errors.ts';
import type { Finding } from '../../terms/finding.ts';
import type { Policy } from '../../terms/policy.ts';
import { purposes, type Purpose } from '../../terms/purpose.ts';
import type { Resource } from '../../terms/rule.ts';
import { checkResource } from '../../validators/integrity/check-resource.ts';
import type { OutcomeIssue } from '../../validators/profile/outcome.ts';
import { policySeed, readPolicy } from '../policy-file.ts';
import type { Context } from '../verb.ts';
import { loadModels } from '../worker/models.ts';
import { inputs, type Input } from './blocks.ts';
import type { InputFile } from './input-files.ts';
import { integrityIssue, type Place } from './integrity-issues.ts';
import { assessFiles, type Assessed } from './population.ts';
import { partsOf, withinBundle, type Part } from './bundle-parts.ts';
import { withScratchStore } from './scratch-store.ts';

export type IntegrityOptions = { readonly purpose: string; readonly modelRegistry?: string; readonly policy?: string; readonly asOf?: string };

/**
 * Runs the integrity rules over the files as one population, then hands each resource on, in order.
 * @param ready what each resource waits for before it is handed on
 * @throws AssayError ASSAY_ARGUMENT_INVALID, ASSAY_POLICY_INVALID, ASSAY_MODEL_REGISTRY_INVALID
 */
export async function checkPopulation(files: readonly InputFile[], options: IntegrityOptions, { say, stop }: Pick<Context, 'say' | 'stop'>,
  each: (input: Input, issues: readonly OutcomeIssue[]) => Promise<void>,
  ready: <T>(some: AsyncIterable<T>, bytesOf: (item: T) => Uint8Array) => AsyncIterable<T>): Promise<void> {
  const purpose = purposes.find((one) => one === options.purpose);
  if (purpose === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', `--purpose takes ${purposes.join(', ')}`);
  const asOf = options.asOf === undefined ? new Date() : new Date(options.asOf);
  if (Number.isNaN(asOf.getTime())) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--as-of takes a date');
  const policy = options.policy === undefined ? policySeed : await readPolicy(options.policy);
  const models = await loadModels(options.modelRegistry);
  await withScratchStore(async (db) => {
    say('Comparing the resources with each other');
    try {
      const given = await assessFiles(db, files, { policy, models, asOf, stop });
      for await (const { input, issues } of ready(withIntegrity(db, files, given, { policy, purpose, asOf }), ({ input }) => input.bytes)) {
        stop.throwIfAborted();
        await each(input, issues);
      }
    } catch (error) {
      if (!stop.aborted) throw error;
    }
  });
}

type Found = { readonly input: Input; readonly issues: readonly OutcomeIssue[] };
type Reading = { readonly policy: Policy; readonly purpose: Purpose; readonly asOf: Date };

const PAGE = 500;

/** Each resource of the files, in order, with what the integrity rules found about it. */
async function* withIntegrity(db: Database, files: readonly InputFile[], given: Assessed, reading: Reading): AsyncGenerator<Found> {
  const nameOf = new Map(given.files.map((id, at) => [id, files[at]?.name ?? '']));
  for (const [at, file] of files.entries()) {
    const lines = linesOf(db, given, given.files[at] ?? '', nameOf);
    let next = await lines.next();
    for await (const input of inputs(file)) {
      const issues: OutcomeIssue[] = [];
      for (const part of partsOf(file, input)) {
        const here: Place = { file: file.name, line: input.line, within: part.within };
        if (next.done === true || next.value.line !== part.line) {
          // It became no version: no JSON, no id, or equal to what another line says.
          issues.push(...alone(part, here, reading));
          continue;
        }
        const { findings, places } = next.value;
        for (const finding of findings) issues.push(integrityIssue(finding, reading.policy, reading.purpose, (version) => (version === undefined ? here : places.get(version))));
        next = await lines.next();
      }
      yield { input, issues };
    }
  }
}

type Line = { readonly line: number; readonly findings: readonly Finding[]; readonly places: ReadonlyMap<string, Place> };

async function* linesOf(db: Database, { run, bundles }: Assessed, file: string, nameOf: ReadonlyMap<string, string>): AsyncGenerator<Line> {
  for (let after = 0; ;) {
    const page = await lineFindings(db, run, file, after, PAGE);
    const named = page.flatMap(({ findings }) => (findings ?? []).flatMap(({ evidence }) => evidence.flatMap(({ version }) => version ?? [])));
    const places = new Map((await placesOf(db, [...new Set(named)])).map((one) => [one.version, bundles.has(one.file) ? { file: nameOf.get(one.file) ?? '', line: 1, within: withinBundle(one.line) } : { file: nameOf.get(one.file) ?? '', line: one.line, within: '' }]));
    for (const { line, findings } of page) yield { line, findings: findings ?? [], places };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.line;
  }
}

/** Resource scope needs no identity; what is no resource at all, the profile findings say. */
function alone({ bytes }: Part, here: Place, { policy, purpose, asOf }: Reading): OutcomeIssue[] {
  let resource: unknown;
  try {
    resource = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return [];
  }
  if (typeof resource !== 'object' || resource === null || typeof (resource as Partial<Resource>).resourceType !== 'string') return [];
  return checkResource(resource as Resource, { asOf: asOf.toISOString() }).map((finding) => integrityIssue(finding, policy, purpose, () => here));
}
