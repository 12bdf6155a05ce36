import type { Finding } from '../terms/finding.ts';
import type { Queryable, Tx } from './connect.ts';

export type PopulationFinding = { subject: string; version: string; patient: string; findings: readonly Finding[] };

/**
 * These are the findings of the subjects that were judged; what was found of them before and is not
 * among them stands no longer. What stays as it was keeps its run.
 */
export async function replaceFindings(tx: Tx, key: { source: number; run: string; rule: string }, subjects: readonly string[],
  found: readonly PopulationFinding[]): Promise<void> {
  if (subjects.length === 0) return;
  const [ofSubject, ofVersion] = [found.map((one) => one.subject), found.map((one) => one.version)];
  await tx.query(
    `update population_finding f set current = false, run_id = $3
      where f.source_id = $1 and f.rule = $2 and f.subject = any($4) and f.current
        and not exists (select from unnest($5::text[], $6::bigint[]) as kept (subject, version) where kept.subject = f.subject and kept.version = f.version_id)`,
    [key.source, key.rule, key.run, subjects, ofSubject, ofVersion]);
  await tx.query(
    `insert into population_finding as f (source_id, rule, run_id, subject, version_id, patient, findings)
     select $1, $2, $3, * from unnest($4::text[], $5::bigint[], $6::text[], $7::jsonb[])
     on conflict (source_id, rule, subject, version_id) do update set findings = excluded.findings, patient = excluded.patient, current = true, run_id = excluded.run_id
      where not f.current or f.findings is distinct from excluded.findings or f.patient <> excluded.patient`,
    [key.source, key.rule, key.run, ofSubject, ofVersion, found.map((one) => one.patient), found.map((one) => JSON.stringify(one.findings))]);
}

/** Subjects of which a rule has found something that stands. @param patients only those about one of these */
export async function standingSubjects(db: Queryable, source: number, rule: string, patients?: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ subject: string }>(
    `select distinct subject from population_finding
      where source_id = $1 and rule = $2 and current and ($3::text[] is null or patient = any($3))`, [source, rule, patients ?? null]);
  return rows.map((row) => row.subject);
}

/** What stands about a patient's versions; of those in no compartment ('') about a range of ids. */
export async function findingsAbout(db: Queryable, source: number, patient: string, range?: { from: string; to: string }): Promise<Map<string, Finding[]>> {
  const { rows } = await db.query<{ version: string; findings: Finding[] }>(
    `select version_id as version, findings from population_finding
      where source_id = $1 and patient = $2 and current and ($3::bigint is null or version_id between $3 and $4) order by rule, subject`,
    [source, patient, range?.from ?? null, range?.to ?? null]);
  const byVersion = new Map<string, Finding[]>();
  for (const { version, findings } of rows) byVersion.set(version, [...byVersion.get(version) ?? [], ...findings]);
  return byVersion;
}
