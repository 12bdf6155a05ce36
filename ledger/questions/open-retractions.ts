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
  // Entries that a reader of their feed has not answered, then by the index of ranges who was given each: what was given besides is not looked at.
  const { rows } = await db.query<Open>(
    `with reader as materialized (
       select * from (
         select c.id as consumer_id, c.name as consumer, f.id as feed_id, f.name as feed, f.purpose, f.types, f.sources,
                coalesce((select max(sequence) from acknowledgement a where a.consumer_id = c.id and a.feed_id = f.id), 0) as answered,
                (select max(to_sequence) from consumption k where k.consumer_id = c.id and k.feed_id = f.id) as furthest
           from consumer c join feed f on f.id = any(c.feeds) where c.revoked_at is null) as r where furthest is not null),
     taken_back as materialized (
       select e.* from feed_entry e
        where e.kind = 'retraction' and exists (
          select from reader r where r.purpose = e.purpose and r.answered < e.sequence and e.about <= r.furthest
                    and (r.types is null or e.type = any(r.types)) and (r.sources is null or e.source_id = any(r.sources)))),
     given as materialized (
       select e.*, k.consumer_id, k.feed_id from taken_back e
        cross join lateral (select distinct consumer_id, feed_id from (select * from consumption where int8range(from_sequence, to_sequence, '[]') @> e.about offset 0) as k) as k)
     select r.consumer, r.feed, count(*)::int as retractions, min(e.at)::text as since,
            extract(day from now() - min(e.at))::int as days, min(e.at) < now() - interval '${OVERDUE_DAYS} days' as overdue,
            (select string_agg(distinct n.role, ', ' order by n.role) from notice n where n.kind = 'retraction-unacknowledged' and starts_with(n.about, r.consumer || ', feed ' || r.feed || ', since ')) as told
       from given e join reader r on r.consumer_id = e.consumer_id and r.feed_id = e.feed_id
      where r.purpose = e.purpose and r.answered < e.sequence and (r.types is null or e.type = any(r.types)) and (r.sources is null or e.source_id = any(r.sources))
      group by r.consumer, r.feed order by min(e.at) limit ${LIMIT}`);
  return { asks: 'Which retractions wait for an acknowledgement?', columns, rows, leavesOut: [] };
}

type Open = { consumer: string; feed: string; retractions: number; since: string; days: number; overdue: boolean; told: string | null };
const columns = {
  consumer: 'Who was given the records', feed: 'By the feed', retractions: 'Retractions not acknowledged', since: 'The oldest is of', days: 'Days', overdue: `More than ${OVERDUE_DAYS} days`, told: 'Who was told of the silence',
} as const;
