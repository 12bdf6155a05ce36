import type { Owner } from '../terms/rule.ts';
import type { Priority } from '../terms/policy.ts';
import type { Tx } from './connect.ts';

/** What a case is about that holds no records: a run that left its band, a rule that is wrong too often. */
export type Matter = { readonly rule: string; readonly cause: string; readonly says: string; readonly priority: Priority; readonly owner: Owner; readonly dueDays: number };

/** The open case of the (source, rule, cause): opened, or told again. @returns its id */
export async function openMatter(tx: Tx, source: number, { rule, cause, says, priority, owner, dueDays }: Matter): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    `insert into exception (source_id, rule, cause, retraction, priority, reach, owner, due_at, says)
     values ($1, $2, $3, false, $4, 'version', $5, now() + $6 * interval '1 day', $7)
     on conflict (source_id, rule, cause, retraction, part) where state = 'open'
     do update set revision = exception.revision + 1, says = excluded.says returning id`,
    [source, rule, cause, priority, owner, dueDays, says]);
  if (row === undefined) throw new Error('a case was neither opened nor found');
  return row.id;
}
