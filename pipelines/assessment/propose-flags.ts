import type { PolicyInForce } from '../../storage/assessment.ts';
import type { Database } from '../../storage/connect.ts';
import { validitiesOf } from '../../storage/field-precision.ts';
import { propose } from '../../storage/policies.ts';
import { fieldPrecision } from '../../terms/field-precision.ts';
import type { Policy, PolicyRule } from '../../terms/policy.ts';
import type { Action } from '../../terms/verdict.ts';

/** Fewer decisions than this say nothing of a rule. */
const ENOUGH = 30;
/** A rule that may be right less often than this, by Wilson's lower bound, holds no more. */
const BOUND = 0.5;
const DAYS = 365;

/**
 * For each rule that holds and that people found wrong too often, a policy in which it flags waits for a second
 * person; what is proposed already, or was refused under this policy, is not proposed again.
 */
export async function proposeFlags({ db, policy }: { db: Database; policy: () => Promise<PolicyInForce> }): Promise<number> {
  const inForce = await policy();
  let made = 0;
  for (const { rule, ...counts } of await validitiesOf(db, DAYS)) {
    const { right, of, low } = fieldPrecision(counts);
    const milder = flagging(inForce.body, rule);
    if (of < ENOUGH || low >= BOUND || milder === undefined) continue;
    const proposed = await db.transaction((tx) => propose(tx, {
      body: milder, fromPolicy: inForce.id, rule, by: 'fhir-assay',
      because: `People found ${right} of ${of} of its findings right: with 95% confidence it may be right in fewer than ${Math.round(BOUND * 100)} of 100 (lower bound ${low.toFixed(2)}).`,
    }));
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
