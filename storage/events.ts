import type { EventKind } from '../terms/event.ts';
import { bigints, byteStrings, integers, texts } from './array-parameters.ts';
import type { Queryable, Tx } from './connect.ts';

/** A timestamptz as facts and events write it; `column` is SQL. */
export const instantSql = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The transaction's now(), which its rows have by default. */
export async function transactionInstant(tx: Queryable): Promise<string> {
  const { rows: [row] } = await tx.query<{ at: string }>(`select ${instantSql('now()')} as at`);
  return row?.at ?? '';
}

export type NewEvent = {
  readonly kind: EventKind;
  readonly body: Uint8Array;
  /** Ids of the rows it covers, in order, and how many of them are of the first table. */
  readonly covers: readonly (string | number)[];
  readonly first: number;
  /** Hashes of those rows, 32 bytes each. */
  readonly hashes: Uint8Array;
  /** Subject and hash, 32 bytes each, of the chains that it touches. */
  readonly touches: Uint8Array;
};

/** The events are on record in this transaction, in their order. @returns their ids */
export async function recordEvents(tx: Tx, events: readonly NewEvent[]): Promise<string[]> {
  let next = 1;
  const from = events.map(({ covers }) => { const start = next; next += covers.length; return start; });
  const orNull = (bytes: Uint8Array): Uint8Array | null => bytes.length === 0 ? null : bytes;
  // PostgreSQL has no array of arrays of different lengths: each event has its part of one.
  const { rows } = await tx.query<{ id: string }>(
    `insert into event (kind, body, covers, span, touches, hashes)
     select kind, body, ($3::bigint[])[start : start + count - 1],
            (select int8range(min(id), max(id), '[]') from unnest(($3::bigint[])[start : start + first - 1]) as id having count(*) > 0), touches, hashes
       from unnest($1::text[], $2::bytea[], $4::int[], $5::int[], $6::int[], $7::bytea[], $8::bytea[]) with ordinality
            as said (kind, body, start, count, first, touches, hashes, place) order by place returning id`,
    [texts(events.map((one) => one.kind)), byteStrings(events.map((one) => one.body)), bigints(events.flatMap((one) => one.covers)),
      integers(from), integers(events.map((one) => one.covers.length)), integers(events.map((one) => one.first)),
      byteStrings(events.map((one) => orNull(one.touches))), byteStrings(events.map((one) => orNull(one.hashes)))]);
  return rows.map((row) => row.id).sort((a, b) => Number(a) - Number(b));
}

/** Whom a key belongs to: a patient, or ('') the source itself. */
export type Subject = { readonly source: number; readonly patient: string };
type SubjectKey = Subject & { readonly key: Buffer };

/**
 * The transaction's now() as events write it, and the key of each subject; those that had none get one that is offered.
 * @param offer makes 32 random bytes
 */
export async function subjectKeys(tx: Tx, subjects: readonly Subject[], offer: () => Uint8Array): Promise<{ at: string; keys: SubjectKey[] }> {
  const columns = (of: readonly Subject[]): Buffer[] => [integers(of.map((one) => one.source)), texts(of.map((one) => one.patient))];
  const read = async (): Promise<{ at: string; keys: SubjectKey[] }> => {
    const { rows } = await tx.query<{ at: string } & (SubjectKey | { key: null })>(
      `select ${instantSql('now()')} as at, k.source_id as source, k.patient, k.key
         from (select) as once left join (unnest($1::int[], $2::text[]) as asked (source, patient)
              join subject_key k on k.source_id = asked.source and k.patient = asked.patient) on true`, columns(subjects));
    return { at: rows[0]?.at ?? '', keys: rows.filter((row) => row.key !== null) };
  };
  const known = await read();
  if (known.keys.length === subjects.length) return known;
  const named = new Set(known.keys.map(({ source, patient }) => `${source} ${patient}`));
  const without = subjects.filter(({ source, patient }) => !named.has(`${source} ${patient}`));
  // In the order of the subjects, so that two chunks never wait for each other.
  await tx.query(
    `insert into subject_key (source_id, patient, key)
     select * from unnest($1::int[], $2::text[], $3::bytea[]) as offered (source, patient, key) order by source, patient
     on conflict do nothing`, [...columns(without), byteStrings(without.map(offer))]);
  return read();
}

export async function hasEvent(db: Queryable, kind: EventKind): Promise<boolean> {
  return (await db.query('select from event where kind = $1 limit 1', [kind])).rowCount === 1;
}
