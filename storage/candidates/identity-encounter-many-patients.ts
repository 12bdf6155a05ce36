import type { Queryable } from '../connect.ts';
import { runsTakenUp } from '../partitions.ts';

/** Types that name encounters without being about one of them. */
const bystanders = `('Provenance', 'AuditEvent', 'List', 'Group', 'Encounter', 'Patient', 'Bundle', 'MessageHeader')`;

export type EncounterUser = { encounter: string; encounterVersion: string | null; owner: string | null; version: string; type: string; id: string; patient: string; bytes: Buffer; encoding: number };

/**
 * Encounters named by resources of another patient than their own, or, where the encounter has not landed, of
 * two patients: of the run's versions, of all that name an encounter of the run that changed its patient, and of
 * what stands found.
 */
export async function encountersOfMany(db: Queryable, source: number, run: string): Promise<EncounterUser[]> {
  const { rows } = await db.query<EncounterUser>(
    `with fresh as (
       select substr(ref, 11) as encounter, v.patient, v.id from version v cross join lateral unnest(v.refs) as ref
        where v.run_id = any($1::bigint[]) and v.head and v.patient <> '' and v.type not in ${bystanders} and starts_with(ref, 'Encounter/')
     ), named as (select encounter, count(distinct patient) as patients, min(patient) as patient from fresh group by encounter),
     mixed as (
       select n.encounter from named n
         left join version e on e.source_id = $2 and e.type = 'Encounter' and e.logical_id = n.encounter and e.head and not e.deletion
        where n.patients > 1 or (e.patient <> '' and e.patient <> n.patient)
     ), moved as (
       select e.logical_id as encounter from version e
         join version b on b.source_id = e.source_id and b.type = e.type and b.logical_id = e.logical_id and b.ordinal = e.ordinal - 1 and b.patient <> e.patient
        where e.run_id = any($1::bigint[]) and e.type = 'Encounter' and e.head and e.ordinal > 1
     ), users as (
       select encounter, f.id from mixed join fresh f using (encounter)
       union select m.encounter, v.id from moved m join version v on v.source_id = $2 and v.head and v.refs @> array['Encounter/' || m.encounter]
       union select f.subject, f.version_id from population_finding f where f.source_id = $2 and f.rule = $3 and f.current
     )
     select s.encounter, e.id as "encounterVersion", nullif(e.patient, '') as owner, u.id as version, u.type, u.logical_id as id, u.patient, u.bytes, u.encoding
       from users s join version u on u.id = s.id and u.head and u.bytes is not null and u.patient <> '' and u.type not in ${bystanders}
       left join version e on e.source_id = $2 and e.type = 'Encounter' and e.logical_id = s.encounter and e.head and not e.deletion
      where coalesce(e.patient, '') <> u.patient order by s.encounter, u.id`, [await runsTakenUp(db, run), source, 'identity-encounter-many-patients']);
  return rows;
}

/** Patients joined by Patient.link or RelatedPerson, and when they were born. */
export async function kinOf(db: Queryable, source: number, patients: readonly string[]): Promise<{ links: string[]; birthDates: Record<string, string> }> {
  const { rows } = await db.query<{ id: string; born: string | null; linked: string[] }>(
    `select p.logical_id as id, nullif(p.demographics ->> 'birthDate', '') as born, p.linked_to as linked from patient_key p
      where p.source_id = $1 and p.logical_id = any($2)`, [source, patients]);
  const { rows: related } = await db.query<{ patient: string; other: string }>(
    `select v.patient, substr(ref, 9) as other from version v cross join lateral unnest(v.refs) as ref
      where v.source_id = $1 and v.type = 'RelatedPerson' and v.head and v.patient = any($2) and starts_with(ref, 'Patient/') and substr(ref, 9) <> v.patient`, [source, patients]);
  return {
    links: [...rows.flatMap(({ id, linked }) => linked.map((other) => `${id} ${other}`)), ...related.map(({ patient, other }) => `${patient} ${other}`)],
    birthDates: Object.fromEntries(rows.flatMap(({ id, born }) => (born === null ? [] : [[id, born]]))),
  };
}
