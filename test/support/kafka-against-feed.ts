import { createHash } from 'node:crypto';
import type { Database } from '../../storage/connect.ts';
import { readTopics } from './read-topics.ts';

export type KafkaAgainstFeed = {
  readonly entries: number;
  /** What must be 0: entries missing, twice, with other bytes, or of one resource out of order. */
  readonly wrong: number;
};

/** What of a purpose's feed a read_committed reader does not find once, in each resource's order, with its bytes. @throws Error when the last entry does not come */
export async function kafkaAgainstFeed(db: Database, brokers: string, feed: string, { prefix = '', timeoutMs = 120_000 } = {}): Promise<KafkaAgainstFeed> {
  const { rows } = await db.query<{ sequence: string; hash: string | null }>(
    `select e.sequence::text, case when e.kind = 'release' then encode(v.hash, 'hex') end as hash from feed_entry e left join version v on v.id = e.version_id
      where e.purpose = (select purpose from feed where name = $1) order by e.sequence`, [feed]);
  const last = rows.at(-1)?.sequence;
  if (last === undefined) return { entries: 0, wrong: 0 };
  const read = await readTopics(brokers, new RegExp(`^${prefix}${feed}\\.(?!current$)`), (some) => some.length >= rows.length && some.some(({ headers }) => headers['ce_sequence'] === last), timeoutMs);
  const found = new Map<string, { hash: string | null; times: number }>();
  const newest = new Map<string, number>();
  let wrong = 0;
  for (const { key, value, headers: { ce_sequence: sequence = '' } } of read) {
    const times = (found.get(sequence)?.times ?? 0) + 1;
    found.set(sequence, { hash: value === null ? null : createHash('sha256').update(value).digest('hex'), times });
    if (Number(sequence) <= (newest.get(key) ?? 0)) wrong += 1;
    newest.set(key, Number(sequence));
  }
  for (const { sequence, hash } of rows) {
    const one = found.get(sequence);
    if (one?.times !== 1 || (hash !== null && one.hash !== hash)) wrong += 1;
  }
  return { entries: rows.length, wrong: wrong + Math.abs(found.size - rows.length) };
}
