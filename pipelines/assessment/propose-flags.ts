import type { PolicyInForce } from '../../storage/assessment.ts';
import type { Database } from '../../storage/connect.ts';
import { validitiesOf } from '../../storage/field-precision.ts';
import { openMatter } from '../../storage/cases-without-records.ts';
import { propose, proposalTold } from '../../storage/policies.ts';
import { fieldPrecision } from '../../terms/field-precision.ts';
import { PROPOSED_BY_ITSELF, type Policy, type PolicyRule } from '../../terms/policy.ts';
import type { Action } from '../../terms/verdict.ts';

/** Fewer decisions than this say nothing of a rule. */
const ENOUGH = 30;
/** A rule that may be right less often than this, by Wilson's lower bound, holds no more. */
const BOUND = 0.5;
const DAYS = 365;

/**
 * For each rule that holds and that people found wrong too often, a policy in which it flags waits for a second
 * person, and the rule’s owner is told by a case; what is proposed already, or was refused under this policy, is not proposed again.
 */
export async function proposeFlags({ db, policy }: { db: Database; policy: () => Promise<PolicyInForce> }, source: number): Promise<number> {
  const inForce = await policy();
  let made = 0;
  for (const { rule, ...counts } of await validitiesOf(db, DAYS)) {
    const { right, of, low } = fieldPrecision(counts);
    const milder = flagging(inForce.body, rule);
    if (of < ENOUGH || low >= BOUND || milder === undefined) continue;
    const because = `People found ${right} of ${of} of its findings right: with 95% confidence it may be right in fewer than ${Math.round(BOUND * 100)} of 100 (lower bound ${low.toFixed(2)}).`;
    const { owner = 'mapping' } = inForce.body.rules[rule] ?? {};
    const proposed = await db.transaction(async (tx) => {
      const id = await propose(tx, { body: milder, fromPolicy: inForce.id, rule, by: PROPOSED_BY_ITSELF, because });
      if (id === undefined) return false;
      // Its owner finds it in the queue: what is proposed, why, and where two people say yes or no.
      const exception = await openMatter(tx, source, { rule, cause: 'too often wrong', priority: 5, owner, dueDays: 30,
        says: `${because} A policy in which it flags and holds no more is proposed (proposal ${id}); two people accept it, or one refuses it.` });
      await proposalTold(tx, id, exception);
      return true;
    });
    if (proposed) made++;
  }
  return made;
}

/** The policy with the rule at `flag` wherever it holds or keeps out; undefined where it does neither. */
export function flagging(policy: Policy, rule: string): Policy | undefined {
  const row = policy.rules[rule];
  if (row === undefined || ![row.action, ...Object.values(row.by ?? {})].some(stops)) return undefined;
  const mild = (action: Action): Action => (stops(action) ? 'flag' : action);
  const milder: PolicyRule = { ...row, action: mild(row.action),
    ...(row.by === undefined ? {} : { by: Object.fromEntries(Object.entries(row.by).map(([purpose, action]) => [purpose, mild(action)])) }) };
  return { ...policy, rules: { ...policy.rules, [rule]: milder } };
}

const stops = (action: Action): boolean => action === 'hold' || action === 'exclude';
