import type { Queryable } from '../../storage/connect.ts';
import type { Answer, PatientKey } from './answer.ts';
import { entriesOfPatient, given } from './given.ts';

/**
 * Question 3b: the accounting of disclosures of 45 CFR 164.528. Given to consumers that are recorded
 * as recipients of disclosures, within the six years before `until`; repeats to one recipient for one
 * purpose are one row with its first and last date and count (b)(3); an agency's suspension is
 * honoured while it lasts (a)(2).
 */
export async function accountingOfDisclosures(db: Queryable, { source, patient, until }: PatientKey & { until: Date }): Promise<Answer<Disclosure>> {
  const { rows } = await db.query<Disclosure & { suspended: boolean; relation: string | null }>(
    `with given as (
       select g.consumer_id, g.at, g.consumption, e.type, e.logical_id
         from ${entriesOfPatient('$1', '$2')} cross join lateral (${given('e')}) as g
        where e.kind = 'release' and g.at > $3::timestamptz - interval '6 years' and g.at <= $3)
     select r.relation, coalesce(r.legal_name, c.name) as recipient, coalesce(r.address, '') as address, coalesce(r.purpose, c.purpose) as purpose,
            coalesce(r.legal_basis, '') as basis, coalesce(r.agreement, '') as agreement, min(g.at)::text as first, max(g.at)::text as last,
            count(distinct g.consumption)::int as times,
            (select string_agg(n || ' ' || type, ', ' order by type) from (
               select type, count(distinct logical_id) as n from given where consumer_id = c.id group by type) as kinds) as description,
            exists (select from accounting_suspension s where s.consumer_id = c.id and $3 >= s.from_at and $3 < s.until_at
                       and (s.source_id is null or (s.source_id = $1 and s.patient = $2))) as suspended
       from given g join consumer c on c.id = g.consumer_id
       left join lateral (select * from consumer_record r where r.consumer_id = c.id and r.at <= $3 order by r.id desc limit 1) as r on true
      group by c.id, c.name, c.purpose, r.relation, r.legal_name, r.address, r.purpose, r.legal_basis, r.agreement order by min(g.at)`, [source, patient, until]);
  const undescribed = rows.filter((row) => row.relation === null).length;
  return {
    asks: `To whom was this patient’s record disclosed in the six years before ${until.toISOString().slice(0, 10)}?`, columns,
    rows: rows.filter((row) => row.relation !== 'internal-use' && !row.suspended).map(({ suspended: _, relation: _relation, ...row }) => row),
    leavesOut: [
      ...(rows.some((row) => row.relation === 'internal-use') ? ['Uses inside the organisation are no disclosures.'] : []),
      ...(undescribed > 0 ? [`${undescribed} recipient${undescribed === 1 ? ' is' : 's are'} listed by the name of the consumer, since nobody recorded who that is in law.`] : []),
    ],
  };
}

type Disclosure = { recipient: string; address: string; description: string; purpose: string; basis: string; agreement: string; first: string; last: string; times: number };
const columns = {
  recipient: 'Name of who received it', address: 'Address', description: 'What was disclosed', purpose: 'Purpose', basis: 'Legal basis', agreement: 'Agreement',
  first: 'First on', last: 'Last on', times: 'Times',
} as const;
