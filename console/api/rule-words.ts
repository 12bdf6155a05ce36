import type { RuleWords } from './deps.ts';

/**
 * What people read about a rule: its own words, those of its family (`profile-invariant/us-core-6`),
 * or its id made readable for a rule that this program no longer has.
 */
export function ruleWords(facts: ReadonlyMap<string, RuleWords>, rule: string): RuleWords {
  const [family = rule, member] = rule.split('/', 2);
  const own = facts.get(rule);
  if (own !== undefined) return own;
  const shared = facts.get(family);
  if (shared !== undefined) return member === undefined ? shared : { ...shared, title: `${shared.title} (${member})` };
  const words = rule.replaceAll('-', ' ');
  return { title: words.charAt(0).toUpperCase() + words.slice(1), why: 'This program no longer has the rule’s own words.' };
}
