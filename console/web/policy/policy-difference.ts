import type { Policy, PolicyRule } from '../requests/policy.ts';
import { actionWords, type Action } from '../words/policy-words.ts';
import { allPurposes, purposeWords } from '../words/queue-words.ts';

type Purpose = (typeof allPurposes)[number];

export const actionFor = (rule: PolicyRule | undefined, purpose: Purpose): Action | undefined => rule?.by?.[purpose] ?? rule?.action;

/** A rule's row with another answer for one purpose: written as briefly as the policy's own rows are. */
export function withAction(rule: PolicyRule, purpose: Purpose, action: Action): PolicyRule {
  const wanted = new Map(allPurposes.map((one) => [one, one === purpose ? action : actionFor(rule, one)]));
  const { by: _, ...plain } = rule;
  const main = wanted.get('care') ?? rule.action;
  const others = [...wanted].filter(([, one]) => one !== main);
  return { ...plain, action: main, ...(others.length === 0 ? {} : { by: Object.fromEntries(others) }) };
}

/** What a proposed policy says otherwise than the one in force, a line each. */
export function differences(inForce: Policy, proposed: Policy, titleOf: (rule: string) => string): string[] {
  const rules = [...new Set([...Object.keys(inForce.rules), ...Object.keys(proposed.rules)])].flatMap((id) => ruleLines(titleOf(id), inForce.rules[id], proposed.rules[id]));
  const undo = inForce.undoSeconds === proposed.undoSeconds ? [] : [`A decision can be undone for ${proposed.undoSeconds} instead of ${inForce.undoSeconds} seconds.`];
  const rest = (policy: Policy): string => JSON.stringify({ ...policy, rules: {}, undoSeconds: 0 });
  return [...rules, ...undo, ...(rest(inForce) === rest(proposed) ? [] : ['Other settings of the policy differ.'])];
}

function ruleLines(title: string, was: PolicyRule | undefined, is: PolicyRule | undefined): string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const changed = allPurposes.filter((purpose) => actionFor(was, purpose) !== actionFor(is, purpose));
  const by = Map.groupBy(changed, (purpose) => `${say(actionFor(was, purpose))} → ${say(actionFor(is, purpose))}`);
  return by.size === 0 ? [`${title}: other than by its answer.`] : [...by].map(([what, purposes]) => `${title}: ${what} (${purposes.map((purpose) => purposeWords[purpose]).join(', ')})`);
}

const say = (action: Action | undefined): string => action === undefined ? 'as its severity says' : actionWords[action].toLowerCase();
