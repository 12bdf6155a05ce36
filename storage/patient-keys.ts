import type { Database, Queryable, Tx } from './connect.ts';

/** What storage keeps of a Patient for comparing; validators/integrity/templates/person-key.ts makes it. */
export type NewPerson = {
  readonly version: string; readonly id: string; readonly demographics: object; readonly digest: Buffer;
  readonly active: boolean; readonly linkedTo: readonly string[]; readonly blocks: readonly string[];
  readonly identifiers: readonly { readonly kind: string; readonly key: string; readonly place: number }[];
};

export type PatientHead = { version: string; id: string; bytes: Buffer; encoding: number };

/** Patients whose head nobody has read for comparing yet, in the order of their logical ids. */
export async function patientsToKey(db: Queryable, source: number, after: string, limit: number): Promise<PatientHead[]> {
  const { rows } = await db.query<PatientHead>(
    `select v.id as version, v.logical_id as id, v.bytes, v.encoding from version v
      where v.source_id = $1 and v.type = 'Patient' and v.head and v.bytes is not null and v.logical_id > $2
        and not exists (select from patient_key p where p.source_id = $1 and p.logical_id = v.logical_id and p.version_id = v.id)
      order by v.logical_id limit $3`, [source, after, limit]);
  return rows;
}

/** All persons of the source are to be read and compared again: the code that does it may be another. */
export async function forgetKeys(db: Queryable, source: number): Promise<void> {
  await db.query('update patient_key set version_id = 0, judged = false where source_id = $1', [source]);
}

/** The persons are on record as their Patients now say, not yet compared. */
export async function keyPersons(tx: Tx, source: number, persons: readonly NewPerson[]): Promise<void> {
  if (persons.length === 0) return;
  const { rows } = await tx.query<{ id: string; patient: string }>(
    `insert into patient_key (source_id, logical_id, version_id, demographics, digest, active, linked_to)
     select $1, id, version, demographics, digest, active, array(select jsonb_array_elements_text(linked_to))
       from unnest($2::text[], $3::bigint[], $4::jsonb[], $5::bytea[], $6::bool[], $7::jsonb[]) as keyed (id, version, demographics, digest, active, linked_to)
     on conflict (source_id, logical_id) do update
       set version_id = excluded.version_id, demographics = excluded.demographics, digest = excluded.digest, active = excluded.active,
           linked_to = excluded.linked_to, judged = false
     returning id, logical_id as patient`,
    [source, persons.map((one) => one.id), persons.map((one) => one.version), persons.map((one) => JSON.stringify(one.demographics)),
      persons.map((one) => one.digest), persons.map((one) => one.active), persons.map((one) => JSON.stringify(one.linkedTo))]);
  const ids = new Map(rows.map((row) => [row.patient, row.id]));
  const all = rows.map((row) => row.id);
  await tx.query('delete from patient_block where key_id = any($1)', [all]);
  await tx.query('delete from patient_identifier where key_id = any($1)', [all]);
  const blocks = persons.flatMap((person) => person.blocks.map((block) => ({ person: ids.get(person.id), block })));
  await tx.query(
    `insert into patient_block (source_id, block, key_id)
     select distinct $1::int, hashtextextended(block, 0), person from unnest($2::text[], $3::bigint[]) as keyed (block, person) on conflict do nothing`,
    [source, blocks.map((one) => one.block), blocks.map((one) => one.person)]);
  const identifiers = persons.flatMap((person) => person.identifiers.map((one) => ({ person: ids.get(person.id), ...one })));
  await tx.query(
    `insert into patient_identifier (source_id, identifier, key_id, kind, place)
     select distinct on (key, person) $1::int, hashtextextended(key, 0), person, kind, place
       from unnest($2::text[], $3::bigint[], $4::text[], $5::smallint[]) as keyed (key, person, kind, place) order by key, person, place
     on conflict do nothing`,
    [source, identifiers.map((one) => one.key), identifiers.map((one) => one.person), identifiers.map((one) => one.kind), identifiers.map((one) => one.place)]);
}

/**
 * Persons whose Patient was deleted at the source are compared no more: what was found of them with others
 * stands no longer, and those others are compared again.
 * @param rules of which subjects are persons together
 */
export async function dropDeletedPersons(tx: Tx, key: { source: number; run: string }, rules: readonly string[]): Promise<void> {
  const { rows } = await tx.query<{ person: string; patient: string }>(
    `select p.id as person, p.logical_id as patient from patient_key p
       join version v on v.source_id = p.source_id and v.type = 'Patient' and v.logical_id = p.logical_id and v.head
      where p.source_id = $1 and v.deletion`, [key.source]);
  if (rows.length === 0) return;
  await tx.query(
    `with ended as (
       update population_finding set current = false, run_id = $2
        where source_id = $1 and rule = any($3) and current
          and subject in (select subject from population_finding where source_id = $1 and rule = any($3) and current and patient = any($4))
       returning patient)
     update patient_key set judged = false where source_id = $1 and logical_id in (select patient from ended)`,
    [key.source, key.run, rules, rows.map((row) => row.patient)]);
  await dropKeys(tx, rows.map((row) => row.person));
}

/** Nothing is kept of the persons; whom they were paired with is compared again. */
async function dropKeys(tx: Tx, persons: readonly string[]): Promise<void> {
  await tx.query(
    `update patient_key set judged = false where id in (select other from patient_pair where one = any($1) union select one from patient_pair where other = any($1))`, [persons]);
  for (const table of ['patient_block', 'patient_identifier']) await tx.query(`delete from ${table} where key_id = any($1)`, [persons]);
  await tx.query('delete from patient_key where id = any($1)', [persons]);
}

/** A patient whose record is destroyed is compared no more, and nothing tells by what he was. */
export async function forgetPatient(tx: Tx, source: number, patient: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>('select id from patient_key where source_id = $1 and logical_id = $2', [source, patient]);
  await dropKeys(tx, rows.map((row) => row.id));
}

export type PersonRow = {
  person: string; source: number; id: string; version: string; demographics: unknown; digest: Buffer; active: boolean; linkedTo: string[];
};

const columns = 'id as person, source_id as source, logical_id as id, version_id as version, demographics, digest, active, linked_to as "linkedTo"';

/** Persons that are not compared yet, the oldest rows first. */
export async function unjudgedPersons(db: Queryable, source: number, limit: number): Promise<PersonRow[]> {
  const { rows } = await db.query<PersonRow>(
    `select ${columns} from patient_key where source_id = $1 and not judged order by id limit $2`, [source, limit]);
  return rows;
}

export async function personsById(db: Queryable, persons: readonly string[]): Promise<PersonRow[]> {
  const { rows } = await db.query<PersonRow>(`select ${columns} from patient_key where id = any($1)`, [persons]);
  return rows;
}

/** The persons have been compared with all others. */
export async function judgedPersons(tx: Tx, persons: readonly string[]): Promise<void> {
  await tx.query('update patient_key set judged = true where id = any($1)', [persons]);
}

/** The sources whose patients are compared with each other: those of one `personSystem`, or this one alone. */
export async function sourcesOfPersons(db: Queryable, source: number): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select o.id from source s join source o on o.id = s.id or o.settings ->> 'personSystem' = s.settings ->> 'personSystem' where s.id = $1 order by 1`, [source]);
  return rows.map((row) => row.id);
}

export type AcrossSources = { readonly person: string; readonly subject: string; readonly stands: boolean };

/** What stands of a person of another source is that source's to say: where it says otherwise, its next run compares the person again. */
export async function leaveToTheirSource(tx: Tx, rule: string, pairs: readonly AcrossSources[]): Promise<void> {
  await tx.query(
    `update patient_key p set judged = false from unnest($2::bigint[], $3::text[], $4::bool[]) as pair (person, subject, stands)
      where p.id = pair.person and p.judged and pair.stands <> exists (
        select from population_finding f where f.source_id = p.source_id and f.rule = $1 and f.subject = pair.subject and f.patient = p.logical_id and f.current)`,
    [rule, pairs.map((one) => one.person), pairs.map((one) => one.subject), pairs.map((one) => one.stands)]);
}

/** Fresh statistics: these tables are filled by the thousand just before they are joined. */
export async function analyzePersons(db: Database): Promise<void> {
  await db.query('analyze patient_key, patient_block, patient_identifier');
}
