import type { Queryable } from './connect.ts';

export type RuleSetShare = { readonly hash: string; readonly versions: number };

/** How many current versions stand under which rule set, the newest first (contract 12). */
export async function ruleSetShares(db: Queryable): Promise<RuleSetShare[]> {
  const { rows } = await db.query<RuleSetShare>(
    `select encode(s.hash, 'hex') as hash, count(*)::int as versions
       from assessment a join version v on v.id = a.version_id and v.head join rule_set s on s.id = a.rule_set_id
      where a.current group by s.id order by s.id desc`);
  return rows;
}
