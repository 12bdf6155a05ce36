import policy from '../fhir-profiles/policy/default.json' with { type: 'json' };
import { allRules } from '../validators/integrity/all-rules.ts';
import type { Policy, PolicyRule } from '../terms/policy.ts';
import type { Rule } from '../terms/rule.ts';

const answers = policy.rules as unknown as Policy['rules'];

const answer = (row: PolicyRule | undefined): string => {
  if (row === undefined) return 'by severity';
  const other = Object.entries(row.by ?? {}).map(([purpose, action]) => `${purpose}: ${action}`).join(', ');
  return `${row.action}${other === '' ? '' : ` (${other})`}, priority ${row.priority ?? 5}${row.reach === 'patient' ? ', reaches the patient' : ''}`;
};

const section = (rule: Rule): string => [
  `### ${rule.id}`, '',
  `**${rule.title}.** ${rule.why}`, '',
  `- Scope ${rule.scope}, ${rule.kind === 'judge' ? 'judges' : 'computes'}, ${rule.category}; owner ${rule.owner}; version ${rule.version}`,
  `- Default: ${answer(answers[rule.id])}`,
  ...Object.entries(rule.variants ?? {}).map(([name, says]) => `- \`${rule.id}/${name}\`: ${says}. Default: ${answer(answers[`${rule.id}/${name}`])}`),
  ...(rule.parameters === undefined ? [] : [`- Parameters: \`${JSON.stringify(rule.parameters.defaults)}\``]),
  `- Sources: ${rule.sources.join('; ')}`, '',
].join('\n');

/** docs/rules.md, from the rule objects and the seed of the policy. */
export function rulesPage(): string {
  const head = ['# Integrity rules', '', 'Made from the rules themselves (docs/rules-page.ts); docs/rules.test.ts compares the two. What a rule finds is a fact; the policy in force answers it, and these are the defaults.', '',
    '| rule | says | scope | default for care |', '|---|---|---|---|',
    ...allRules.map((rule) => `| [${rule.id}](#${rule.id}) | ${rule.title} | ${rule.scope} | ${answers[rule.id]?.action ?? 'by severity'} |`), ''].join('\n');
  return `${head}\n${allRules.map(section).join('\n')}`;
}
