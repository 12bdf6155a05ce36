import type { Finding } from '../terms/finding.ts';
import type { Purpose } from '../terms/purpose.ts';
import type { StoredVerdict } from './compartment.ts';
import { bigints, integers, texts } from './array-parameters.ts';
import type { Queryable } from './connect.ts';

/** A current version that has been assessed, without its bytes: enough to judge it again. `place`: of what asked for it. */
export type JudgedHead = { place: number; version: string; hash: Buffer; assessment: string; findings: Finding[] | null; verdicts: StoredVerdict[] };

/** Some versions of a patient's; `versions` undefined: all of the compartment. */
export type SomeHeads = { readonly source: number; readonly patient: string; readonly versions?: readonly string[] };

/** The current versions among those that are asked for, in the order of their ids. */
export async function judgedHeads(db: Queryable, asked: readonly SomeHeads[]): Promise<JudgedHead[]> {
  const placed = asked.map((one, place) => ({ ...one, place }));
  const whole = placed.filter((one) => one.versions === undefined);
  const single = placed.flatMap(({ versions = [], ...one }) => versions.map((version) => ({ ...one, version })));
  const { rows } = await db.query<JudgedHead>(
    `select v.place, v.id as version, v.hash, a.id as assessment, a.findings,
            (select coalesce(json_agg(json_build_object('purposes', d.purposes, 'outcome', d.outcome, 'flags', d.flags,
                'because', d.because, 'heldBy', d.held_by::text, 'policy', d.policy_id) order by d.id), '[]')
               from verdict d where d.version_id = v.id and d.current) as verdicts
       from (select k.place, v.id, v.hash from unnest($1::int[], $2::int[], $3::text[]) as k (place, source, patient)
               join version v on v.source_id = k.source and v.patient = k.patient and v.head and not v.deletion
             union all
             select k.place, v.id, v.hash from unnest($4::int[], $5::int[], $6::text[], $7::bigint[]) as k (place, source, patient, version)
               join version v on v.id = k.version and v.source_id = k.source and v.patient = k.patient and v.head and not v.deletion) as v
       join assessment a on a.version_id = v.id and a.current order by v.id`,
    [integers(whole.map((one) => one.place)), integers(whole.map((one) => one.source)), texts(whole.map((one) => one.patient)),
      integers(single.map((one) => one.place)), integers(single.map((one) => one.source)), texts(single.map((one) => one.patient)), bigints(single.map((one) => one.version))]);
  return rows;
}

/** Purposes for which a case holds all of the patient, and the version in it (contract 14), by the patient's place. */
export async function patientHolds(db: Queryable, patients: readonly { readonly source: number; readonly patient: string }[]): Promise<Map<Purpose, string>[]> {
  const holds = patients.map(() => new Map<Purpose, string>());
  const { rows } = await db.query<{ place: number; purpose: Purpose; version: string }>(
    `select k.place, p as purpose, min(v.id) as version
       from unnest($1::int[], $2::int[], $3::text[]) as k (place, source, patient) join version v on v.source_id = k.source and v.patient = k.patient and v.head
       join exception_member m on m.version_id = v.id and m.state = 'waiting'
       join exception e on e.id = m.exception_id and e.reach = 'patient' cross join lateral unnest(m.purposes) as p
      where k.patient <> '' group by k.place, p`,
    [integers(patients.map((_, place) => place)), integers(patients.map((one) => one.source)), texts(patients.map((one) => one.patient))]);
  for (const row of rows) holds[row.place]?.set(row.purpose, row.version);
  return holds;
}
