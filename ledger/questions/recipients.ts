import type { Queryable } from '../../storage/connect.ts';
import type { Answer } from './answer.ts';

/** Consumers of the feeds as the newest record of each says who it is in law. */
export async function recipients(db: Queryable): Promise<Answer<Recipient>> {
  const { rows } = await db.query<Recipient>(
    `select c.name as consumer, c.purpose as feeds, r.legal_name as name, r.address, case r.relation when 'disclosure' then true when 'internal-use' then false end as disclosure,
            r.purpose, r.legal_basis as basis, r.agreement, r.by_person as who, r.at::text as at, c.revoked_at::text as revoked
       from consumer c left join lateral (select * from consumer_record r where r.consumer_id = c.id order by r.id desc limit 1) as r on true order by c.name`);
  const undescribed = rows.filter((row) => row.name === null).length;
  return {
    asks: 'Who is each consumer in law, and why is it given data?', columns, rows,
    leavesOut: undescribed === 0 ? [] : [`Of ${undescribed} nobody has recorded who it is in law: accountings list them by the consumer’s name.`],
  };
}

type Recipient = {
  consumer: string; feeds: string; name: string | null; address: string | null; disclosure: boolean | null; purpose: string | null; basis: string | null; agreement: string | null;
  who: string | null; at: string | null; revoked: string | null;
};
const columns = {
  consumer: 'Consumer', feeds: 'Feeds for', name: 'Name in law', address: 'Address', disclosure: 'Outside: a disclosure', purpose: 'Purpose', basis: 'Legal basis', agreement: 'Agreement',
  who: 'Recorded by', at: 'On', revoked: 'Reads no more since',
} as const;
