import type { Database } from '../../storage/connect.ts';
import { patientSubject } from '../../ledger/verify/chains.ts';
import { hmacKey } from '../../ledger/verify/hmac.ts';

/** Events a transaction. */
const AT_ONCE = 50_000;
const NOW = `to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

async function inTransactions(db: Database, events: number, sql: string, values: readonly unknown[]): Promise<void> {
  for (let done = 0; done < events; done += AT_ONCE) {
    await db.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica'); // who is named may be made up
      await tx.query(sql, [done, Math.min(done + AT_ONCE, events), ...values]);
    });
  }
}

/** Who was given which ranges: each consumer reads on from range to range, and from the beginning again behind `upTo`. */
export type Ranges = { readonly consumers: readonly number[]; readonly feed?: string; readonly width?: number; readonly upTo?: number };

/**
 * So many events as one who only uses feeds would write them: ranges that consumers were given, each with its row
 * and its link of the consumer's chain. Rows are hashed in SQL as ledger/verify/fact-table.ts has it.
 */
export async function fillLedger(db: Database, events: number, { consumers, feed = 'filled', width = 10, upTo = events * width }: Ranges): Promise<void> {
  await db.query(`insert into feed (name, purpose) select $1, 'care' where not exists (select from feed where name = $1)`, [feed]);
  await inTransactions(db, events,
    `with given as (
       select nextval(pg_get_serial_sequence('consumption', 'id')) as id, ($3::int[])[1 + n % cardinality($3::int[])] as consumer, (select id from feed where name = $4) as feed, n,
              (n / cardinality($3::int[])) * $5::bigint % $6::bigint + 1 as lo, (n / cardinality($3::int[])) * $5::bigint % $6::bigint + $5::bigint as hi
         from generate_series($1::int, $2::int - 1) as n
     ), written as (
       insert into consumption (id, consumer_id, feed_id, from_sequence, to_sequence, entries) overriding system value
       select id, consumer, feed, lo, hi, $5 from given
     ), hashed as (
       select *, sha256(convert_to(format('{"consumer_id":%s,"entries":%s,"feed_id":%s,"from_sequence":"%s","id":"%s","table":"consumption","to_sequence":"%s","via":"http"}',
                                          consumer, $5::int, feed, lo, id, hi), 'UTF8')) as hash from given
     ), bodies as (
       select *, convert_to(format('{"at":"%s","consumer":%s,"covered":["consumption",1],"entries":%s,"feed":%s,"from":%s,"kind":"range-consumed","root":"%s","to":%s}',
                                   ${NOW}, consumer, $5::int, feed, lo, encode(sha256('\\x00'::bytea || hash), 'hex'), hi), 'UTF8') as body from hashed)
     insert into event (kind, body, covers, span, hashes, touches)
     select 'range-consumed', body, array[id], int8range(id, id, '[]'), hash,
            sha256(convert_to('consumer/' || consumer, 'UTF8')) || sha256('\\x00'::bytea || body) from bodies order by n`, [consumers, feed, width, upTo]);
}

/** So many looks at records, by `viewers` people, at the patients of a source in turn: two links each, the patient's and the viewer's. */
export async function fillViews(db: Database, events: number, { source, viewers = 200 }: { source: number; viewers?: number }): Promise<void> {
  const { rows } = await db.query<{ key: Buffer }>(`select key from subject_key where source_id = $1 and patient <> '' order by patient`, [source]);
  await inTransactions(db, events,
    `with seen as (
       select n, 'viewer-' || n % $4::int as by, ($3::bytea[])[1 + n % cardinality($3::bytea[])] as subject from generate_series($1::int, $2::int - 1) as n
     ), bodies as (
       select *, convert_to(format('{"about":["%s"],"at":"%s","by":"%s","kind":"record-viewed","screen":"case"}', encode(subject, 'hex'), ${NOW}, by), 'UTF8') as body from seen)
     insert into event (kind, body, touches)
     select 'record-viewed', body, sha256(convert_to('viewer/' || by, 'UTF8')) || sha256('\\x00'::bytea || body) || subject || sha256('\\x00'::bytea || body) from bodies order by n`,
    [rows.map(({ key }) => patientSubject(hmacKey(key))), viewers]);
}

/** So many steps of cases that bear on no chain: a reminder, a turn. */
export const fillCaseSteps = (db: Database, events: number): Promise<void> => inTransactions(db, events,
  `insert into event (kind, body)
   select 'case-moved', convert_to(format('{"at":"%s","by":"system","exception":"%s","kind":"case-moved","what":"reminded"}', ${NOW}, n), 'UTF8')
     from generate_series($1::int, $2::int - 1) as n order by n`, []);
