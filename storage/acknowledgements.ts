import type { Purpose } from '../terms/purpose.ts';
import type { Queryable } from './connect.ts';

export type Acknowledged = {
  consumer: string; purpose: Purpose;
  /** Retractions of records that the consumer had read. */
  retractions: number;
  /** How many of them it has read since, and of how many it has said that it did as they say. */
  read: number; acknowledged: number;
  /** When the oldest that it has not acknowledged was told to the feed; null: none waits. */
  since: Date | null;
};

/** Consumers that had read what a decision released and that was taken back since, with what each has read and acknowledged of that. */
export async function acknowledgements(db: Queryable, exception: string): Promise<Acknowledged[]> {
  const { rows } = await db.query<Acknowledged>(
    `with taken_back as (
       select distinct e.sequence, e.about, e.purpose, e.at
         from decision d join ruled_version x on x.decision_id = d.id join feed_entry e on e.version_id = x.version_id
        where d.exception_id = $1 and e.kind = 'retraction' and e.reason in ('reversed', 'kept-out'))
     select c.name as consumer, t.purpose, count(*)::int as retractions, (count(*) filter (where t.sequence <= said.upto))::int as acknowledged,
            min(t.at) filter (where t.sequence > said.upto) as since,
            (count(*) filter (where exists (select from consumption n where n.consumer_id = c.id and t.sequence between n.from_sequence and n.to_sequence)))::int as read
       from taken_back t join consumer c on c.purpose = t.purpose
      cross join lateral (select coalesce(max(a.sequence), 0) as upto from acknowledgement a join feed f on f.id = a.feed_id where a.consumer_id = c.id and f.purpose = t.purpose) as said
      where exists (select from consumption o where o.consumer_id = c.id and t.about between o.from_sequence and o.to_sequence)
      group by c.name, t.purpose order by c.name, t.purpose`, [exception]);
  return rows;
}
