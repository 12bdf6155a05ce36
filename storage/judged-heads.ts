import type { Finding } from '../terms/finding.ts';
import type { Purpose } from '../terms/purpose.ts';
import type { StoredVerdict } from './compartment.ts';
import type { Queryable } from './connect.ts';

/** A current version that has been assessed, without its bytes: enough to judge it again. */
export type JudgedHead = { version: string; hash: Buffer; assessment: string; findings: Finding[] | null; verdicts: StoredVerdict[] };

/** @param versions those of the patient to read; undefined: all of the compartment */
export async function judgedHeads(db: Queryable, source: number, patient: string, versions?: readonly string[]): Promise<JudgedHead[]> {
  const { rows } = await db.query<JudgedHead>(
    `select v.id as version, v.hash, a.id as assessment, a.findings,
            (select coalesce(json_agg(json_build_object('purposes', d.purposes, 'outcome', d.outcome, 'flags', d.flags,
                'because', d.because, 'heldBy', d.held_by::text, 'policy', d.policy_id) order by d.id), '[]')
               from verdict d where d.version_id = v.id and d.current) as verdicts
       from version v join assessment a on a.version_id = v.id and a.current
      where v.source_id = $1 and v.patient = $2 and v.head and not v.deletion and ($3::bigint[] is null or v.id = any($3)) order by v.id`,
    [source, patient, versions ?? null]);
  return rows;
}

/** Purposes for which a case holds all of the patient, and the version in it (contract 14). */
export async function patientHolds(db: Queryable, source: number, patient: string): Promise<Map<Purpose, string>> {
  const { rows } = await db.query<{ purpose: Purpose; version: string }>(
    `select p as purpose, min(v.id) as version
       from version v join exception_member m on m.version_id = v.id and m.state = 'waiting'
       join exception e on e.id = m.exception_id and e.reach = 'patient' cross join lateral unnest(m.purposes) as p
      where v.source_id = $1 and v.patient = $2 and v.patient <> '' and v.head group by p`, [source, patient]);
  return new Map(rows.map((row) => [row.purpose, row.version]));
}
