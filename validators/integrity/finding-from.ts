import type { Finding } from '../../terms/finding.ts';
import type { RuleFacts, Said } from '../../terms/rule.ts';

// HL7's IssueType by family of rules: http://hl7.org/fhir/R4/valueset-issue-type.html
const codes: readonly (readonly [prefix: string, code: string])[] = [
  ['reference-', 'not-found'], ['duplicate-', 'duplicate'], ['code-', 'code-invalid'], ['value-', 'value'],
  ['privacy-', 'security'], ['completeness-', 'required'], ['identity-duplicate', 'multiple-matches'],
];

/** What a rule said, with the rule's id, version and scope. Severity is the policy's to refine. */
export function findingFrom(rule: RuleFacts, said: Said): Finding {
  const doubt = said.outcome === 'unevaluated';
  return {
    rule: said.variant === undefined ? rule.id : `${rule.id}/${said.variant}`,
    ruleVersion: rule.version,
    outcome: said.outcome,
    scope: rule.scope,
    severity: said.severity ?? (doubt ? 'information' : 'warning'),
    code: said.code ?? (doubt ? 'incomplete' : codes.find(([prefix]) => rule.id.startsWith(prefix))?.[1] ?? 'business-rule'),
    expression: said.expression,
    says: said.says,
    evidence: said.evidence ?? [],
    cause: said.cause ?? elementOnly(said.expression),
    ...(said.permits === undefined ? {} : { permits: said.permits }),
  };
}

const elementOnly = (expression: string): string => expression.replace(/\[\d+\]/g, '');

/** A rule that broke on a record says so: it never passes for clean, and it names nothing of the record. */
export const brokeOn = (rule: RuleFacts, expression: string): Finding => findingFrom(rule, {
  outcome: 'unevaluated', expression, cause: 'structure', code: 'structure',
  says: 'The structure of this record is not as FHIR defines it, so this rule could not read it; the profile findings say where.',
});
