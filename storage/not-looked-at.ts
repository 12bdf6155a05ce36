import type { Queryable } from './connect.ts';

/** Members beyond these say nothing new. */
const MEMBERS = 200;

/** What could not be checked of a case's records, in the findings' own sentences, what is commonest first. */
export async function notLookedAt(db: Queryable, exception: string, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ says: string }>(
    `select f ->> 'says' as says from (select distinct version_id from exception_member where exception_id = $1 order by version_id limit $2) as m
       join assessment a on a.version_id = m.version_id and a.current cross join lateral jsonb_array_elements(a.findings) as f
      where f ->> 'outcome' = 'unevaluated' group by 1 order by count(*) desc, 1 limit $3`, [exception, MEMBERS, limit]);
  return rows.map(({ says }) => says);
}
