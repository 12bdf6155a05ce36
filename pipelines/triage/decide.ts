import type { Finding } from '../../terms/finding.ts';
import type { Policy } from '../../terms/policy.ts';
import { purposes, type Purpose } from '../../terms/purpose.ts';
import { actions, type Action, type Verdict, type VerdictOutcome } from '../../terms/verdict.ts';
import { actionFor, policyRule } from './policy-rule.ts';

/** Purposes for which another version of the same patient holds everything, and that version (contract 14). */
export type PatientHolds = ReadonlyMap<Purpose, string>;

/** What people decided of a finding in place of the policy. */
export type Ruled = (finding: Finding, purpose: Purpose) => Action | undefined;
const unruled: Ruled = () => undefined;

const outcomeOf: Readonly<Record<Action, VerdictOutcome>> = {
  score: 'release', flag: 'release-with-flags', hold: 'hold', exclude: 'exclude',
};

/**
 * The policy turns the findings of one version into verdicts: per purpose the strongest answer wins,
 * purposes with one answer share a verdict. Every purpose is in exactly one.
 */
export function decide(findings: readonly Finding[], policy: Policy, holds: PatientHolds = new Map(), ruled: Ruled = unruled): Verdict[] {
  const rows = findings.map((finding) => policyRule(policy, finding));
  const verdicts = new Map<string, { purposes: Purpose[]; verdict: Omit<Verdict, 'purposes'> }>();
  for (const purpose of purposes) {
    const answers = findings.map((finding, index) => ruled(finding, purpose) ?? actionFor(rows[index] ?? policy.unevaluated, finding, purpose));
    const verdict = verdictOf(findings, answers, holds.get(purpose));
    const key = JSON.stringify(verdict);
    const same = verdicts.get(key);
    if (same === undefined) verdicts.set(key, { purposes: [purpose], verdict });
    else same.purposes.push(purpose);
  }
  return [...verdicts.values()].map((one) => ({ purposes: one.purposes, ...one.verdict }));
}

function verdictOf(findings: readonly Finding[], answers: readonly Action[], heldBy: string | undefined): Omit<Verdict, 'purposes'> {
  const strongest = Math.max(0, ...answers.map((answer) => actions.indexOf(answer)));
  const held = heldBy !== undefined && strongest <= actions.indexOf('hold');
  const action = held ? 'hold' : actions[strongest] ?? 'score';
  return {
    outcome: outcomeOf[action],
    flags: [...new Set(findings.filter((_, index) => answers[index] === 'flag').map((finding) => finding.rule))].sort(),
    because: action === 'score' ? [] : answers.flatMap((answer, index) => (answer === action ? [index] : [])),
    ...(held ? { heldBy } : {}),
  };
}

/** The purposes for which a finding with reach `patient` holds all of the patient. */
export function reachingHolds(findings: readonly Finding[], policy: Policy, ruled: Ruled = unruled): Purpose[] {
  const reached = new Set<Purpose>();
  for (const finding of findings) {
    const rule = policyRule(policy, finding);
    if (rule.reach !== 'patient') continue;
    for (const purpose of purposes) if ((ruled(finding, purpose) ?? actionFor(rule, finding, purpose)) === 'hold') reached.add(purpose);
  }
  return [...reached];
}
