import type { EventKind } from '../terms/event.ts';
import { bigints } from './array-parameters.ts';
import type { Queryable, Tx } from './connect.ts';

/** A timestamptz as facts and events write it; `column` is SQL. */
export const instantSql = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The transaction's now(), which its rows have by default. */
export async function transactionInstant(tx: Queryable): Promise<string> {
  const { rows: [row] } = await tx.query<{ at: string }>(`select ${instantSql('now()')} as at`);
  return row?.at ?? '';
}

export type NewEvent = {
  readonly body: Uint8Array;
  /** Ids of the rows it covers, in order, and those of the first table among them. */
  readonly covers: readonly (string | number)[];
  readonly first: readonly (string | number)[];
  /** Hashes of those rows, 32 bytes each. */
  readonly hashes: Uint8Array;
  /** Subject and hash, 32 bytes each, of the chains that it touches. */
  readonly touches: Uint8Array;
};

/** The event is on record in this transaction. @returns its id */
export async function recordEvent(tx: Tx, kind: EventKind, event: NewEvent): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    `insert into event (kind, body, covers, span, touches, hashes)
     values ($1, $2, $3::bigint[], (select int8range(min(id), max(id), '[]') from unnest($4::bigint[]) as id having count(*) > 0), $5, $6) returning id`,
    [kind, event.body, bigints(event.covers), bigints(event.first), event.touches.length === 0 ? null : event.touches, event.hashes.length === 0 ? null : event.hashes]);
  return row?.id ?? '';
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

export async function hasEvent(db: Queryable, kind: EventKind): Promise<boolean> {
  return (await db.query('select from event where kind = $1 limit 1', [kind])).rowCount === 1;
}
