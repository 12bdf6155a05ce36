import type { EventKind } from '../terms/event.ts';
import type { Tx } from './connect.ts';

/** The event is on record in this transaction. */
export async function recordEvent(tx: Tx, kind: EventKind, body: Uint8Array): Promise<void> {
  await tx.query('insert into event (kind, body) values ($1, $2)', [kind, body]);
}

/**
 * Each patient of the source has a key; those that had none get the one offered. '' is the source's own.
 * @param offered patient → 32 random bytes
 */
export async function subjectKeys(tx: Tx, source: number, offered: ReadonlyMap<string, Uint8Array>): Promise<Map<string, Buffer>> {
  const patients = [...offered.keys()].sort();
  const select = () => tx.query<{ patient: string; key: Buffer }>(
    'select patient, key from subject_key where source_id = $1 and patient = any($2)', [source, patients]);
  let { rows } = await select();
  if (rows.length < patients.length) {
    // In the order of the patients, so that two chunks never wait for each other.
    await tx.query(
      `insert into subject_key (source_id, patient, key)
       select $1, patient, key from unnest($2::text[], $3::bytea[]) as offered (patient, key) order by patient
       on conflict do nothing`, [source, patients, patients.map((patient) => offered.get(patient))]);
    ({ rows } = await select());
  }
  return new Map(rows.map((row) => [row.patient, row.key]));
}
