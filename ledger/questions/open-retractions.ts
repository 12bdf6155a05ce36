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
  const { rows } = await db.query<Open>(
    `select c.name as consumer, f.name as feed, count(*)::int as retractions, min(e.at)::text as since,
            extract(day from now() - min(e.at))::int as days, min(e.at) < now() - interval '${OVERDUE_DAYS} days' as overdue,
            (select string_agg(distinct n.role, ', ' order by n.role) from notice n where n.kind = 'retraction-unacknowledged' and starts_with(n.about, c.name || ', feed ' || f.name || ', since ')) as told
       from consumer c join feed f on f.id = any(c.feeds)
       join feed_entry e on e.kind = 'retraction' and e.purpose = f.purpose and (f.types is null or e.type = any(f.types)) and (f.sources is null or e.source_id = any(f.sources))
      where c.revoked_at is null
        and exists (select from consumption k where k.consumer_id = c.id and k.feed_id = f.id and int8range(k.from_sequence, k.to_sequence, '[]') @> e.about)
        and e.sequence > coalesce((select max(sequence) from acknowledgement a where a.consumer_id = c.id and a.feed_id = f.id), 0)
      group by c.name, f.name order by min(e.at) limit ${LIMIT}`);
  return { asks: 'Which retractions wait for an acknowledgement?', columns, rows, leavesOut: [] };
}

type Open = { consumer: string; feed: string; retractions: number; since: string; days: number; overdue: boolean; told: string | null };
const columns = {
  consumer: 'Who was given the records', feed: 'By the feed', retractions: 'Retractions not acknowledged', since: 'The oldest is of', days: 'Days', overdue: `More than ${OVERDUE_DAYS} days`, told: 'Who was told of the silence',
} as const;
