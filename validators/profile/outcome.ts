import type { Finding } from '../../terms/finding.ts';
import type { ProfileFinding } from './finding.ts';

const messageIdUrl = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-message-id';
/** The project's own, in fhir-profiles/own: rules as codes, and where a finding's evidence stands. */
export const rulesSystem = 'https://fhir-assay.dev/rules';
export const evidenceUrl = 'https://fhir-assay.dev/StructureDefinition/evidence';

type Value = { readonly valueString: string } | { readonly valuePositiveInt: number } | { readonly valueCode: string };
type OutcomeExtension = { readonly url: string } & (Value | { readonly extension: readonly ({ readonly url: string } & Value)[] });

export type OutcomeIssue = {
  readonly extension?: readonly OutcomeExtension[];
  readonly severity: string; readonly code: string;
  readonly details: { readonly coding?: readonly { readonly system: string; readonly code: string }[]; readonly text: string };
  readonly expression?: readonly string[];
};
export type Outcome = { readonly resourceType: 'OperationOutcome'; readonly issue: readonly OutcomeIssue[] };

/**
 * http://hl7.org/fhir/R4/operationoutcome.html; with no finding, one informational issue says so.
 * @param more issues that others found about the resource
 */
export const operationOutcome = (findings: readonly ProfileFinding[], more: readonly OutcomeIssue[] = []): Outcome => ({
  resourceType: 'OperationOutcome',
  issue: findings.length + more.length === 0
    ? [{ severity: 'information', code: 'informational', details: { text: 'Nothing was found to be wrong.' } }]
    : [...findings.map((f) => ({
      ...(f.messageId ? { extension: [{ url: messageIdUrl, valueString: f.messageId }] } : {}),
      severity: f.severity, code: f.code, details: { coding: [{ system: rulesSystem, code: f.rule }], text: f.says },
      ...(f.expression === '' ? {} : { expression: [f.expression] }),
    })), ...more],
});

/** A profile finding as the pipeline keeps it; its cause is the rule at its element, indices left out. */
export const asFinding = (finding: ProfileFinding, ruleVersion: number): Finding => {
  const { rule, severity, code, expression, says, unevaluated, profile } = finding;
  return { rule, ruleVersion, outcome: unevaluated ? 'unevaluated' : 'wrong', scope: 'resource', severity, code, expression, says, evidence: [{ expression }],
    cause: `${expression.replace(/\[\d+\]/g, '')}${profile ? ` ${profile}` : ''}` };
};
