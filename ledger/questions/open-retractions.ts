import type { Queryable } from '../../storage/connect.ts';
import type { Answer } from './answer.ts';

/** Days after which a consumer's silence is a matter for a governor. */
export const OVERDUE_DAYS = 7;
const LIMIT = 1_000;

/**
 * Which retractions has a consumer not acknowledged? Of what it had been given: how many, since when,
 * and whether that is too long. With no row the loop is closed.
 */
export async function openRetractions(db: Queryable): Promise<Answer<Open>> {
  // What each reader was given as one multirange: asked for each retraction alone, a thousand of them took seconds.
  const { rows } = await db.query<Open>(
    `with taken_back as materialized (select * from feed_entry where kind = 'retraction'),
     given as materialized (
       select k.consumer_id, k.feed_id, range_agg(int8range(k.from_sequence, k.to_sequence, '[]')) as ranges
         from consumption k where int8range(k.from_sequence, k.to_sequence, '[]') && (select int8range(min(about), max(about), '[]') from taken_back)
        group by k.consumer_id, k.feed_id)
     select c.name as consumer, f.name as feed, count(*)::int as retractions, min(e.at)::text as since,
            extract(day from now() - min(e.at))::int as days, min(e.at) < now() - interval '${OVERDUE_DAYS} days' as overdue,
            (select string_agg(distinct n.role, ', ' order by n.role) from notice n where n.kind = 'retraction-unacknowledged' and starts_with(n.about, c.name || ', feed ' || f.name || ', since ')) as told
       from consumer c join feed f on f.id = any(c.feeds)
       join given g on g.consumer_id = c.id and g.feed_id = f.id
       join taken_back e on g.ranges @> e.about and e.purpose = f.purpose and (f.types is null or e.type = any(f.types)) and (f.sources is null or e.source_id = any(f.sources))
      where c.revoked_at is null
        and e.sequence > coalesce((select max(sequence) from acknowledgement a where a.consumer_id = c.id and a.feed_id = f.id), 0)
      group by c.name, f.name order by min(e.at) limit ${LIMIT}`);
  return { asks: 'Which retractions wait for an acknowledgement?', columns, rows, leavesOut: [] };
}

type Open = { consumer: string; feed: string; retractions: number; since: string; days: number; overdue: boolean; told: string | null };
const columns = {
  consumer: 'Who was given the records', feed: 'By the feed', retractions: 'Retractions not acknowledged', since: 'The oldest is of', days: 'Days', overdue: `More than ${OVERDUE_DAYS} days`, told: 'Who was told of the silence',
} as const;
