import type { Validity } from '../terms/decision.ts';
import type { Queryable } from './connect.ts';
import { ofFacilities, type Facilities } from './queue-filter.ts';

export type RuleValidities = { rule: string } & Record<Validity, number>;

/** How people judged the findings of rules that they decided in the last days: from validity alone, decisions undone or superseded left out. */
export async function validitiesOf(db: Queryable, days: number, { rule, facilities = null }: { rule?: string; facilities?: Facilities } = {}): Promise<RuleValidities[]> {
  const { rows } = await db.query<RuleValidities>(
    `select e.rule,
            count(*) filter (where d.validity = 'true-finding')::int as "true-finding", count(*) filter (where d.validity = 'rule-wrong')::int as "rule-wrong",
            count(*) filter (where d.validity = 'reference-wrong')::int as "reference-wrong",
            count(*) filter (where d.validity = 'true-but-acceptable')::int as "true-but-acceptable", count(*) filter (where d.validity = 'cannot-tell')::int as "cannot-tell"
       from decision d join exception e on e.id = d.exception_id
      where d.decided_at > now() - $1 * interval '1 day' and d.state in ('pending', 'effective', 'reversed') and ($2::text is null or e.rule = $2) and ${ofFacilities('e.source_id', '$3')}
      group by e.rule order by e.rule`, [days, rule ?? null, facilities]);
  return rows;
}
