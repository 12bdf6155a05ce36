import type { ProfileFinding } from './finding.ts';

export type OutcomeIssue = {
  readonly severity: string; readonly code: string; readonly details: { readonly text: string };
  readonly expression?: readonly string[];
  readonly extension?: readonly { readonly url: string; readonly valueCode?: string; readonly valueString?: string }[];
};
export type Outcome = { readonly resourceType: 'OperationOutcome'; readonly issue: readonly OutcomeIssue[] };

/** http://hl7.org/fhir/extensions/StructureDefinition-operationoutcome-message-id.html */
const messageIdUrl = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-message-id';

/**
 * Findings by HL7's conventions: severity, code, `expression`, `details.text`, the message id as an
 * extension. No finding: one issue that says so (http://hl7.org/fhir/R4/operationoutcome.html, "All OK").
 */
export const operationOutcome = (findings: readonly ProfileFinding[]): Outcome => ({
  resourceType: 'OperationOutcome',
  issue: findings.length === 0
    ? [{ severity: 'information', code: 'informational', details: { text: 'No issues found.' } }]
    : findings.map(issueOf),
});

const issueOf = (finding: ProfileFinding): OutcomeIssue => ({
  ...(finding.messageId === undefined ? {} : { extension: [{ url: messageIdUrl, valueCode: finding.messageId }] }),
  severity: finding.severity, code: finding.code, details: { text: finding.says },
  ...(finding.expression === '' ? {} : { expression: [finding.expression] }),
});
