import { allRules } from './all-rules.ts';

/** What a rule states of itself for the rule set's hash (contract 12): code and tables are hashed by whoever may read files. */
export type RulePart = { readonly id: string; readonly version: number; readonly parameters: object };

export const ruleSetParts = (): readonly RulePart[] =>
  allRules.map((rule) => ({ id: rule.id, version: rule.version, parameters: rule.parameters?.defaults ?? {} })).sort((a, b) => (a.id < b.id ? -1 : 1));

/** The rule of a finding: variants and families are written behind a slash. */
export const ruleOf = (finding: { readonly rule: string }): string => finding.rule.split('/')[0] ?? finding.rule;
