import type { VerdictOutcome } from '../terms/verdict.ts';
import type { Database, Queryable } from './connect.ts';
import { findingsOf, type Findings } from './finding-lists.ts';

/** A current version with what is known of it: what patient scope reads, a page at a time. */
export type CurrentVersion = {
  version: string; type: string; id: string; ordinal: number; hash: Buffer; run: string; patient: string;
  bytes: Buffer | null; encoding: number; deletion: boolean; refs: string[];
  landedFindings: Findings | null; landedRuleSet: number | null;
  assessment: string | null; assessedRuleSet: number | null; assessedFindings: Findings | null;
  verdicts: StoredVerdict[];
};
export type StoredVerdict = {
  purposes: string[]; outcome: VerdictOutcome; flags: string[]; because: number[]; heldBy: string | null; policy: number;
};

const columns = `
  v.id as version, v.type, v.logical_id as id, v.ordinal, v.hash, v.run_id as run, v.patient, v.bytes, v.encoding,
  v.deletion, v.refs, v.finding_list as "landedList", v.landed_rule_set as "landedRuleSet",
  a.id as assessment, a.rule_set_id as "assessedRuleSet", a.finding_list as "assessedList",
  coalesce((select json_agg(json_build_object('purposes', d.purposes, 'outcome', d.outcome, 'flags', d.flags,
              'because', d.because, 'heldBy', d.held_by::text, 'policy', d.policy_id) order by d.id)
              from verdict d where d.version_id = v.id and d.current and a.id is not null), '[]') as verdicts`;

type Row = Omit<CurrentVersion, 'landedFindings' | 'assessedFindings'> & { landedList: string | null; assessedList: string | null };

async function withFindings(db: Database, rows: readonly Row[]): Promise<CurrentVersion[]> {
  const lists = await findingsOf(db, rows.flatMap((row) => [row.landedList, row.assessedList]));
  return rows.map(({ landedList, assessedList, ...row }) => (
    { ...row, landedFindings: lists.get(landedList ?? '') ?? null, assessedFindings: lists.get(assessedList ?? '') ?? null }));
}

/** The patient's current versions behind `after`, in the order of their ids. */
export async function compartmentPage(db: Database, source: number, patient: string, after: string, limit: number): Promise<CurrentVersion[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from version v left join assessment a on a.version_id = v.id and a.current
      where v.source_id = $1 and v.patient = $2 and v.head and v.id > $3 order by v.id limit $4`,
    [source, patient, after, limit]);
  return withFindings(db, rows);
}

/** Current versions in no compartment that a run landed, is to assess again or found something about in population scope, or that nobody assessed yet, by range of ids. */
export async function outsidePage(db: Database, run: string, after: string, to: string, limit: number): Promise<CurrentVersion[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from version v left join assessment a on a.version_id = v.id and a.current
      where v.source_id = (select source_id from run where id = $1) and v.patient = '' and v.head
        and (v.run_id = $1 or a.id is null or (select asked ->> 'reassess' from run where id = $1) = 'true'
             or exists (select from population_finding f where f.run_id = $1 and f.version_id = v.id)) and v.id > $2 and v.id <= $3 order by v.id limit $4`,
    [run, after, to, limit]);
  return withFindings(db, rows);
}

/** What the compartment's newest head is: it moved when this moved (contract 9). */
export async function compartmentRevision(db: Queryable, source: number, patient: string): Promise<string> {
  const { rows: [row] } = await db.query<{ revision: string }>(
    `select coalesce(max(id), 0) || '/' || count(*) as revision from version
      where source_id = $1 and patient = $2 and head`, [source, patient]);
  return row?.revision ?? '';
}

export type Referenced = { version: string; type: string; id: string; hash: Buffer; patient: string; run: string };

/** Current versions that the references name. */
export async function referencedVersions(db: Queryable, source: number, references: readonly string[]): Promise<Referenced[]> {
  const local = references.filter((reference) => /^[A-Za-z]+\/[^/?]+$/.test(reference)).map((reference) => reference.split('/'));
  const { rows } = await db.query<Referenced>(
    `select v.id as version, v.type, v.logical_id as id, v.hash, v.patient, v.run_id as run
       from unnest($2::text[], $3::text[]) as ref (type, id)
       join version v on v.source_id = $1 and v.type = ref.type and v.logical_id = ref.id and v.head and not v.deletion`,
    [source, local.map(([type]) => type), local.map(([, id]) => id)]);
  return rows;
}

/** References that were asked for and are not at the source. */
export async function absentAtSource(db: Queryable, source: number, references: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ reference: string }>(
    `select reference from hydration_fact where source_id = $1 and fact = 'absent-at-source' and reference = any($2)`,
    [source, references]);
  return rows.map((row) => row.reference);
}

/** Purposes for which a version stands released: released, and not taken back since. */
export async function releasedPurposes(db: Queryable, versions: readonly string[]): Promise<Map<string, Set<string>>> {
  const { rows } = await db.query<{ version: string; purpose: string }>(
    `select version_id as version, purpose from feed_entry where version_id = any($1) and kind in ('release', 'retraction')
      group by version_id, purpose having (array_agg(kind order by sequence desc))[1] = 'release'`, [versions]);
  const released = new Map<string, Set<string>>();
  for (const row of rows) {
    const purposes = released.get(row.version) ?? new Set();
    released.set(row.version, purposes.add(row.purpose));
  }
  return released;
}
