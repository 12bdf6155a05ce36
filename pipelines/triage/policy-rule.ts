import type { Finding } from '../../terms/finding.ts';
import type { Policy, PolicyRule } from '../../terms/policy.ts';
import type { Purpose } from '../../terms/purpose.ts';
import type { Action } from '../../terms/verdict.ts';

/**
 * The row of the policy that answers a finding: for what could not be evaluated its own row; else
 * the rule's id; else the longest family `a/b/*` of it; else HL7's severity.
 */
export function policyRule(policy: Policy, finding: Pick<Finding, 'rule' | 'outcome' | 'severity'>): PolicyRule {
  if (finding.outcome === 'unevaluated') return policy.unevaluated;
  const exact = policy.rules[finding.rule];
  if (exact !== undefined) return exact;
  for (let slash = finding.rule.lastIndexOf('/'); slash > 0; slash = finding.rule.lastIndexOf('/', slash - 1)) {
    const family = policy.rules[`${finding.rule.slice(0, slash)}/*`];
    if (family !== undefined) return family;
  }
  return policy.bySeverity[finding.severity];
}

/** The answer for one purpose; a finding that names the purposes it permits asks nothing of those. */
export function actionFor(rule: PolicyRule, finding: Pick<Finding, 'permits'>, purpose: Purpose): Action {
  if (finding.permits?.includes(purpose) === true) return 'score';
  return rule.by?.[purpose] ?? rule.action;
}
