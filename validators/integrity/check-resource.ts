import type { Finding } from '../../terms/finding.ts';
import type { Resource, ResourceRule, RuleContext } from '../../terms/rule.ts';
import { allRules } from './all-rules.ts';
import { brokeOn, findingFrom } from './finding-from.ts';

const rules = allRules.filter((rule): rule is ResourceRule => rule.scope === 'resource');
const byType = new Map<string, readonly ResourceRule[]>();
const everyType = rules.filter((rule) => rule.reads['*'] !== undefined);

const rulesFor = (type: string): readonly ResourceRule[] => {
  let found = byType.get(type);
  if (found === undefined) {
    const named = rules.filter((rule) => rule.reads[type] !== undefined);
    if (named.length === 0) return everyType;
    byType.set(type, found = rules.filter((rule) => named.includes(rule) || everyType.includes(rule)));
  }
  return found;
};

/** All resource-scope rules over one resource. */
export function checkResource(resource: Resource, context: RuleContext): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rulesFor(resource.resourceType)) {
    try {
      for (const said of rule.check(resource, context)) findings.push(findingFrom(rule, said));
    } catch {
      findings.push(brokeOn(rule, resource.resourceType));
    }
  }
  return findings;
}
