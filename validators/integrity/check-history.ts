import type { Finding } from '../../terms/finding.ts';
import type { HistoryRule, Resource, RuleContext } from '../../terms/rule.ts';
import { allRules } from './all-rules.ts';
import { brokeOn, findingFrom } from './finding-from.ts';

const rules = allRules.filter((rule): rule is HistoryRule => rule.scope === 'history');

/** All history-scope rules over a version and the one before; findings are about the later one. */
export function checkHistory(before: Resource, after: Resource, context: RuleContext & { readonly beforeVersion: string }): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.reads[after.resourceType] === undefined && rule.reads['*'] === undefined) continue;
    try {
      for (const said of rule.check(before, after, context)) findings.push(findingFrom(rule, said));
    } catch {
      findings.push(brokeOn(rule, after.resourceType));
    }
  }
  return findings;
}
