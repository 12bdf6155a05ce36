import type { Database } from '../../storage/connect.ts';

/**
 * So many events as one who only uses feeds would write them: ranges that consumers were given, each with its row
 * and its link of the consumer's chain. Rows are hashed in SQL as ledger/verify/fact-table.ts has it.
 */
export async function fillLedger(db: Database, events: number, consumers = 50): Promise<void> {
  await db.query(`insert into feed (name, purpose) select 'filled', 'care' where not exists (select from feed where name = 'filled')`);
  for (let done = 0; done < events; done += 50_000) {
    await db.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica'); // the consumers are made up
      await tx.query(
      `with given as (
         select nextval(pg_get_serial_sequence('consumption', 'id')) as id, 1000000 + n % $2 as consumer, (select id from feed where name = 'filled') as feed, n
           from generate_series($1::int + 1, least($1::int + 50000, $3::int)) as n
       ), written as (
         insert into consumption (id, consumer_id, feed_id, from_sequence, to_sequence, entries) overriding system value
         select id, consumer, feed, n * 10, n * 10 + 9, 10 from given
       ), hashed as (
         select *, sha256(convert_to(format('{"consumer_id":%s,"entries":10,"feed_id":%s,"from_sequence":"%s","id":"%s","table":"consumption","to_sequence":"%s","via":"http"}',
                                            consumer, feed, n * 10, id, n * 10 + 9), 'UTF8')) as hash from given
       ), bodies as (
         select *, convert_to(format('{"at":"%s","consumer":%s,"covered":["consumption",1],"entries":10,"feed":%s,"from":%s,"kind":"range-consumed","root":"%s","to":%s}',
                                     to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), consumer, feed, n * 10,
                                     encode(sha256('\\x00'::bytea || hash), 'hex'), n * 10 + 9), 'UTF8') as body from hashed)
       insert into event (kind, body, covers, span, hashes, touches)
       select 'range-consumed', body, array[id], int8range(id, id, '[]'), hash,
              sha256(convert_to('consumer/' || consumer, 'UTF8')) || sha256('\\x00'::bytea || body) from bodies order by n`, [done, consumers, events]);
    });
  }
}
