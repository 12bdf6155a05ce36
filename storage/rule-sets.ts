import type { Queryable } from './connect.ts';

export type RuleSetShare = { readonly hash: string; readonly versions: number };

/**
 * SQL: the text[] of names by which findings name a rule: its id, and `id/variant` for each variant that a rule set knew.
 * @param rule placeholder of the id
 */
export const namesOfRule = (rule: string): string =>
  `array(select ${rule}::text union select substr(part, 6) from rule_set cross join lateral jsonb_object_keys(parts) as part where starts_with(part, 'rule ' || ${rule} || '/'))`;

/** How many current versions stand under which rule set, the newest first (contract 12). */
export async function ruleSetShares(db: Queryable): Promise<RuleSetShare[]> {
  const { rows } = await db.query<RuleSetShare>(
    `select encode(s.hash, 'hex') as hash, count(*)::int as versions
       from assessment a join version v on v.id = a.version_id and v.head join rule_set s on s.id = a.rule_set_id
      where a.current group by s.id order by s.id desc`);
  return rows;
}
