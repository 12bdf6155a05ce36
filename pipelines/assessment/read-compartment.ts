import { createHash } from 'node:crypto';
import type { Finding } from '../../terms/finding.ts';
import type { ModelRegistry } from '../../terms/model-registry.ts';
import type { PatientView, ReferenceFact, ViewEntry } from '../../terms/patient-view.ts';
import type { Resource } from '../../terms/rule.ts';
import * as compartment from '../../storage/compartment.ts';
import { resolvedReferences } from '../../storage/hydration.ts';
import { bytesOf } from '../../storage/landing.ts';
import { received } from '../../storage/stored-bytes.ts';
import type { AssessmentDeps } from './deps.ts';
import { collectEntries } from './view-entries.ts';

/** A current version as assessment goes on with it: without its bytes. */
export type Member = Omit<compartment.CurrentVersion, 'bytes' | 'encoding' | 'refs'> & {
  /** Findings of the bytes alone, and against the version before. */
  readonly own: readonly Finding[];
  /** `own` was made again: the version landed under another rule set. */
  readonly refreshed: boolean;
  /** What population scope found about it. */
  readonly population: readonly Finding[];
};

export type Compartment = {
  readonly members: Member[]; readonly view: PatientView; readonly contextHash: Buffer;
  /** Runs in which what the compartment references outside itself landed. */
  readonly outsideRuns: ReadonlySet<string>;
};

const PAGE = 500;
/** Findings of population scope by version. */
export type Population = ReadonlyMap<string, readonly Finding[]>;
type Pages = (after: string, limit: number) => Promise<compartment.CurrentVersion[]>;
type Reading = { source: number; patient: string; asOf: Date; ruleSet: number; failedTypes: ReadonlySet<string>; models: ModelRegistry | undefined };

/**
 * Reads a compartment a page at a time; of each resource only the projection stays (contract 15).
 * @param pages its current versions in the order of their ids
 * @param population what population scope found about them
 */
export async function readCompartment(deps: AssessmentDeps, reading: Reading, pages: Pages, population: Population): Promise<Compartment> {
  const members: Member[] = [];
  const entries = collectEntries();
  const references = new Set<string>();
  for (let after = '0'; ;) {
    const page = await pages(after, PAGE);
    await deps.prepare?.(page.flatMap(({ bytes, encoding, landedRuleSet }) => (bytes === null || landedRuleSet === reading.ruleSet ? [] : [received({ bytes, encoding })])));
    for (const row of page) {
      const { bytes, encoding, refs, ...rest } = row;
      if (row.deletion || bytes === null) {
        members.push({ ...rest, own: row.landedFindings ?? [], refreshed: false, population: [] });
        continue;
      }
      const text = received({ bytes, encoding });
      const resource = JSON.parse(text.toString('utf8')) as Resource;
      const current = row.landedRuleSet === reading.ruleSet;
      members.push({ ...rest, population: population.get(row.version) ?? [], refreshed: !current, own: current ? row.landedFindings ?? [] : checkedAgain(deps, reading, row, text, resource) });
      for (const reference of refs) references.add(reference);
      if (deps.projects(row.type)) entries.add(entry(deps, row, resource, 'compartment'));
    }
    deps.beat();
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last.version;
  }
  const outside = await readReferenced(deps, reading, references, new Set(members.map((member) => `${member.type}/${member.id}`)));
  for (const one of outside.entries) entries.add(one);
  return {
    members,
    view: {
      patient: reading.patient, entries: entries.inOrder(), reference: outside.fact, asOf: reading.asOf.toISOString(), failedTypes: reading.failedTypes,
      ...(reading.models === undefined ? {} : { models: reading.models }),
    },
    contextHash: contextHash(reading, reading.models?.version ?? '', members, outside.hashes),
    outsideRuns: outside.runs,
  };
}

/** The history-scope findings stay: the version before is what it was. */
function checkedAgain(deps: AssessmentDeps, reading: Reading, row: compartment.CurrentVersion, text: Buffer, resource: Resource): Finding[] {
  const history = (row.landedFindings ?? []).filter((finding) => finding.scope === 'history');
  return [...deps.check(text, resource, reading.asOf.toISOString()), ...history];
}

const entry = (deps: AssessmentDeps, row: { version: string; type: string; id: string }, resource: Resource, place: ViewEntry['place']): ViewEntry => ({
  version: row.version, type: row.type, id: row.id, time: deps.clinicalTime(resource), fields: deps.project(resource), place,
});

/** What the compartment's references lead to outside it. */
async function readReferenced(deps: AssessmentDeps, reading: Reading, references: ReadonlySet<string>, inside: ReadonlySet<string>) {
  const leading = [...references].filter((reference) => !inside.has(reference));
  const meant = await resolvedReferences(deps.db, reading.source, leading.filter((reference) => reference.includes('?')));
  const found = await compartment.referencedVersions(deps.db, reading.source, [...new Set([...leading, ...meant.values()])]);
  const landed = new Set(found.map((one) => `${one.type}/${one.id}`));
  const absent = new Set(await compartment.absentAtSource(deps.db, reading.source, leading.filter((reference) => !landed.has(reference))));
  const readable = found.filter((one) => deps.projects(one.type) && one.patient !== reading.patient);
  const byVersion = new Map(readable.map((one) => [one.version, one]));
  const entries = (await bytesOf(deps.db, [...byVersion.keys()])).flatMap(({ version, bytes, encoding }) => {
    const row = byVersion.get(version);
    if (row === undefined || bytes === null) return [];
    return [entry(deps, row, JSON.parse(received({ bytes, encoding }).toString('utf8')) as Resource, 'referenced')];
  });
  const fact = (reference: string): ReferenceFact => {
    const target = meant.get(reference) ?? reference;
    return inside.has(target) || landed.has(target) ? 'landed' : absent.has(reference) ? 'absent-at-source' : 'not-asked';
  };
  return { entries, fact, runs: new Set(found.map((one) => one.run)), hashes: [...readable.map((one) => one.hash.toString('hex')), ...absent] };
}

/** Contract 11: the versions read, the model registry's version, the as-of time, the hydration facts, what population scope found. */
function contextHash(reading: Reading, registry: string, members: readonly Member[], outside: readonly string[]): Buffer {
  const hash = createHash('sha256').update(`${reading.asOf.toISOString()}\nregistry ${registry}`);
  for (const type of [...reading.failedTypes].sort()) hash.update(`\nfailed ${type}`);
  for (const read of [...members.map((member) => member.hash.toString('hex')), ...outside].sort()) hash.update(`\n${read}`);
  for (const { version, population } of members) if (population.length > 0) hash.update(`\npopulation ${version} ${JSON.stringify(population)}`);
  return hash.digest();
}
