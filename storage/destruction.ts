import type { Queryable, Tx } from './connect.ts';
import { forgetNotes } from './candidates/note-shared-text.ts';
import { forgetValues } from './landed-tally.ts';
import { forgetPatient } from './patient-keys.ts';

export async function placeHold(tx: Tx, hold: { source: number; patient: string; because: string; by: string }): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    'insert into legal_hold (source_id, patient, because, by_person) values ($1, $2, $3, $4) returning id', [hold.source, hold.patient, hold.because, hold.by]);
  return row?.id ?? '';
}

/** @returns ids of the holds that end now */
export async function liftHolds(tx: Tx, source: number, patient: string, by: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    'update legal_hold set lifted_by = $3, lifted_at = now() where source_id = $1 and patient = $2 and lifted_at is null returning id', [source, patient, by]);
  return rows.map((row) => row.id);
}

export async function isHeld(db: Queryable, source: number, patient: string): Promise<boolean> {
  return (await db.query('select from legal_hold where source_id = $1 and patient = $2 and lifted_at is null', [source, patient])).rowCount !== 0;
}

/** The patient's key, locked; undefined when nothing of him ever landed. */
export async function lockKey(tx: Tx, source: number, patient: string): Promise<Buffer | undefined> {
  const { rows: [row] } = await tx.query<{ key: Buffer }>('select key from subject_key where source_id = $1 and patient = $2 for update', [source, patient]);
  return row?.key;
}

export async function versionsOfPatient(db: Queryable, source: number, patient: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select id from version where source_id = $1 and patient = $2 order by id', [source, patient]);
  return rows.map((row) => row.id);
}

export type ErasedRow = { table: string; row: string; linked: boolean };

/** Rows of a table that belong to the patient, by the SQL that the table's list of facts gives. */
export async function rowsOfPatient(tx: Tx, { table, key, join = '', source, patient }: { table: string; key: string; join?: string; source: string; patient: string },
  of: { source: number; patient: string }): Promise<ErasedRow[]> {
  const { rows } = await tx.query<{ row: string }>(
    `select t.${key}::text as row from ${table} t ${join} where ${source} = $1 and ${patient} = $2`, [of.source, of.patient]);
  return rows.map(({ row }) => ({ table, row, linked: true }));
}

/** Versions that joined the patient's compartment after they landed: their first hash is under the source's key. */
export async function joinedVersions(tx: Tx, source: number, patient: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>('select id from version where source_id = $1 and patient = $2 and landed_patient is not null', [source, patient]);
  return rows.map((row) => row.id);
}

export type NewDestruction = {
  source: number; patient: string; standsIn: string; versions: number; erased: Buffer; rows: readonly ErasedRow[]; subject: Buffer;
  schedule: string; because: string; by: string;
};

/** The certificate and the list of what it covers are on record. @returns the certificate's number */
export async function certify(tx: Tx, one: NewDestruction): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    `insert into destruction (source_id, stands_in, versions, erased, rows, subject, schedule, because, by_person)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [one.source, one.standsIn, one.versions, one.erased, one.rows.length, one.subject, one.schedule, one.because, one.by]);
  const id = row?.id ?? '';
  await tx.query('insert into erased_row (table_name, row_id, linked, destruction_id) select t, r, l, $4 from unnest($1::text[], $2::bigint[], $3::bool[]) as e (t, r, l)',
    [one.rows.map((each) => each.table), one.rows.map((each) => each.row), one.rows.map((each) => each.linked), id]);
  return id;
}

/**
 * Nothing that names the patient or his records is left in the rows; each of his resources has a name
 * that stands in, so that the rows still belong together.
 */
export async function erase(tx: Tx, source: number, patient: string, standsIn: string): Promise<void> {
  const of = [source, patient, standsIn];
  await tx.query(
    `create temporary table resource_erased on commit drop as
       select type, logical_id, $3 || '-' || row_number() over (order by min(id)) as stands_in from version where source_id = $1 and patient = $2 group by type, logical_id`, of);
  const named = `(select type || '/' || logical_id from resource_erased)`;
  for (const table of ['hydration_request', 'hydration_fact']) await tx.query(`delete from ${table} where reference in ${named}`);
  await tx.query('delete from group_member where source_id = $1 and patient = $2', [source, patient]);
  await tx.query('delete from snapshot_deletion d using resource_erased r where d.type = r.type and d.logical_id = r.logical_id');
  await tx.query(`update feed_span e set logical_id = r.stands_in from resource_erased r where e.source_id = $1 and e.type = r.type and e.logical_id = r.logical_id`, [source]);
  await tx.query('update assessment a set finding_list = null from version v where v.id = a.version_id and v.source_id = $1 and v.patient = $2', [source, patient]);
  await tx.query(`update amendment set says = '', patient = $3 where source_id = $1 and patient = $2`, of);
  await tx.query('update accounting_suspension set patient = $3 where source_id = $1 and patient = $2', of);
  await tx.query(`update retraction set patient = $3, because = '' where source_id = $1 and patient = $2`, of);
  await tx.query('update legal_hold set patient = $3 where source_id = $1 and patient = $2', of);
  await forgetValues(tx, source, patient);
  await forgetPatient(tx, source, patient);
  await forgetNotes(tx, source, patient);
  await tx.query(
    `update version v set logical_id = r.stands_in, patient = $3, bytes = null, encoding = 0, refs = '{}', finding_list = null, version_id = null,
            last_updated = null, hash = sha256(''), size = 0
       from resource_erased r where v.source_id = $1 and v.patient = $2 and v.type = r.type and v.logical_id = r.logical_id`, of);
  await tx.query('delete from reference_out where source_id = $1 and patient = $2', [source, patient]);
  await tx.query('delete from population_finding where source_id = $1 and patient = $2', [source, patient]);
  await tx.query('update partition set patients = array_replace(patients, $1, $2) where $1 = any(patients)', [patient, standsIn]);
  await tx.query('delete from subject_key where source_id = $1 and patient = $2', [source, patient]);
}
