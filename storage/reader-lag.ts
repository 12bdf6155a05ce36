import type { Purpose } from '../terms/purpose.ts';
import type { Queryable } from './connect.ts';

export type ReaderLag = {
  feed: string; consumer: string; purpose: Purpose;
  /** The last entry that it was given; null: none yet. */
  upTo: string | null; at: Date | null;
  /** Entries of the feed's purpose behind that, `most` at the most. */
  behind: number;
};

/** How far each reader of a feed is. @param most entries are counted no further */
export async function readerLags(db: Queryable, most: number): Promise<ReaderLag[]> {
  const { rows } = await db.query<ReaderLag>(
    `select f.name as feed, c.name as consumer, f.purpose, had."upTo", had.at,
            (select count(*)::int from (select from feed_entry e where e.purpose = f.purpose and e.sequence > coalesce(had."upTo", 0)
               and (f.types is null or e.type = any(f.types)) and (f.sources is null or e.source_id = any(f.sources)) limit $1) as rest) as behind
       from consumer c join feed f on f.id = any(c.feeds)
       left join lateral (select n.to_sequence as "upTo", n.at from consumption n where n.consumer_id = c.id and n.feed_id = f.id order by n.to_sequence desc limit 1) as had on true
      where c.revoked_at is null order by f.name, c.name`, [most]);
  return rows;
}
