import type { Database, Tx } from '../../storage/connect.ts';
import { lockLedger, type WaitingEvent } from '../../storage/ledger.ts';
import { patientSubject } from '../../ledger/verify/chains.ts';
import { hmacKey } from '../../ledger/verify/hmac.ts';
import { growTree, sequence } from '../../ledger/sequence.ts';

/** Events a transaction. */
const AT_ONCE = 50_000;
const NOW = `to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Whether the events wait for the sequencer, or are the next leaves at once, in the order in which it would take them: ten times as quick. */
export type FilledAs = 'waiting' | 'leaves';

/**
 * @param made SQL of common tables from $1 up to before $2, the last one `made` with n, kind, body, covers, span, hashes and touches
 * @param values from $3 on
 */
async function fill(db: Database, events: number, as: FilledAs, made: string, values: readonly unknown[]): Promise<void> {
  if (as === 'leaves') await sequence(db);
  for (let done = 0; done < events; done += AT_ONCE) {
    await db.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica'); // who is named may be made up
      await (as === 'leaves' ? asLeaves : waiting)(tx, made, [done, Math.min(done + AT_ONCE, events), ...values]);
    });
  }
}

const columns = 'kind, body, covers, span, hashes';

async function waiting(tx: Tx, made: string, values: unknown[]): Promise<void> {
  await tx.query(`with ${made} insert into event (${columns}, touches) select ${columns}, touches from made order by n`, values);
}

async function asLeaves(tx: Tx, made: string, values: unknown[]): Promise<void> {
  const head = await lockLedger(tx);
  const { rows } = await tx.query<Pick<WaitingEvent, 'body' | 'touches'>>(
    `with ${made}, written as (insert into event (${columns}, leaf) select ${columns}, ${head.size} + n - $1::int from made order by n)
     select body, touches from made order by n`, values);
  await growTree(tx, head, rows);
}

/** Who was given which ranges: each consumer reads on from range to range, and from the beginning again behind `upTo`. */
export type Ranges = { readonly consumers: readonly number[]; readonly feed?: string; readonly width?: number; readonly upTo?: number };

/**
 * So many events as one who only uses feeds would write them: ranges that consumers were given, each with its row
 * and its link of the consumer's chain. Rows are hashed in SQL as ledger/verify/fact-table.ts has it.
 */
export async function fillLedger(db: Database, events: number, { consumers, feed = 'filled', width = 10, upTo = events * width }: Ranges, as: FilledAs = 'waiting'): Promise<void> {
  await db.query(`insert into feed (name, purpose) select $1, 'care' where not exists (select from feed where name = $1)`, [feed]);
  await fill(db, events, as,
    `given as (
       select nextval(pg_get_serial_sequence('consumption', 'id')) as id, ($3::int[])[1 + n % cardinality($3::int[])] as consumer, (select id from feed where name = $4) as feed, n,
              (n / cardinality($3::int[])) * $5::bigint % $6::bigint + 1 as lo, (n / cardinality($3::int[])) * $5::bigint % $6::bigint + $5::bigint as hi
         from generate_series($1::int, $2::int - 1) as n
     ), consumed as (
       insert into consumption (id, consumer_id, feed_id, from_sequence, to_sequence, entries) overriding system value
       select id, consumer, feed, lo, hi, $5 from given
     ), hashed as (
       select *, sha256(convert_to(format('{"consumer_id":%s,"entries":%s,"feed_id":%s,"from_sequence":"%s","id":"%s","table":"consumption","to_sequence":"%s","via":"http"}',
                                          consumer, $5::int, feed, lo, id, hi), 'UTF8')) as hash from given
     ), bodies as (
       select *, convert_to(format('{"at":"%s","consumer":%s,"covered":["consumption",1],"entries":%s,"feed":%s,"from":%s,"kind":"range-consumed","root":"%s","to":%s}',
                                   ${NOW}, consumer, $5::int, feed, lo, encode(sha256('\\x00'::bytea || hash), 'hex'), hi), 'UTF8') as body from hashed
     ), made as (
       select n, 'range-consumed' as kind, body, array[id] as covers, int8range(id, id, '[]') as span, hash as hashes,
              sha256(convert_to('consumer/' || consumer, 'UTF8')) || sha256('\\x00'::bytea || body) as touches from bodies)`, [consumers, feed, width, upTo]);
}

/** So many looks at records, by `viewers` people, at the patients of a source in turn: two links each, the viewer's and the patient's. */
export async function fillViews(db: Database, events: number, { source, viewers = 200 }: { source: number; viewers?: number }, as: FilledAs = 'waiting'): Promise<void> {
  const { rows } = await db.query<{ key: Buffer }>(`select key from subject_key where source_id = $1 and patient <> '' order by patient`, [source]);
  await fill(db, events, as,
    `subjects as (
       select subject, place - 1 as place from unnest($3::bytea[]) with ordinality as s (subject, place)
     ), seen as (
       select n, 'viewer-' || n % $4::int as by, subject from generate_series($1::int, $2::int - 1) as n join subjects on place = n % cardinality($3::bytea[])
     ), bodies as (
       select *, convert_to(format('{"about":["%s"],"at":"%s","by":"%s","kind":"record-viewed","screen":"case"}', encode(subject, 'hex'), ${NOW}, by), 'UTF8') as body from seen
     ), hashed as (
       select *, sha256('\\x00'::bytea || body) as hash from bodies
     ), made as (
       select n, 'record-viewed' as kind, body, '{}'::bigint[] as covers, null::int8range as span, null::bytea as hashes,
              sha256(convert_to('viewer/' || by, 'UTF8')) || hash || subject || hash as touches from hashed)`,
    [rows.map(({ key }) => patientSubject(hmacKey(key))), viewers]);
}

/** So many steps of cases that bear on no chain: a reminder, a turn. */
export const fillCaseSteps = (db: Database, events: number, as: FilledAs = 'waiting'): Promise<void> => fill(db, events, as,
  `made as (
     select n, 'case-moved' as kind, convert_to(format('{"at":"%s","by":"system","exception":"%s","kind":"case-moved","what":"reminded"}', ${NOW}, n), 'UTF8') as body,
            '{}'::bigint[] as covers, null::int8range as span, null::bytea as hashes, null::bytea as touches
       from generate_series($1::int, $2::int - 1) as n)`, []);
