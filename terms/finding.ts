/** HL7's IssueSeverity: http://hl7.org/fhir/R4/valueset-issue-severity.html */
export type Severity = 'fatal' | 'error' | 'warning' | 'information';

/**
 * `wrong`: the check was made and the record fails it.
 * `unevaluated`: the check could not be made (a value set nobody holds, a reference that has not
 * landed). Unknown is not clean: it is counted and shown, and the policy says what it means.
 */
export type FindingOutcome = 'wrong' | 'unevaluated';

/** Where a check ran: one resource, one patient's compartment, a version against the one before, all that landed. */
export type Scope = 'resource' | 'patient' | 'history' | 'population';

/** A place in a named version: never the value found there. */
export type Evidence = {
  /** Id of the resource version (storage's `version.id` as text); absent: the version the finding is about. */
  readonly version?: string;
  /** FHIRPath with indices, such as `Observation.component[1].value`. */
  readonly expression: string;
  /** What the place says for the finding: it supports it, speaks against it, or only gives context. */
  readonly role?: 'for' | 'against' | 'context';
};

/** One thing wrong or unevaluated. Holds no value from the record. */
export type Finding = {
  /** Rule id: `value-blood-pressure`, `profile-cardinality`, `profile-invariant/bp-1`. */
  readonly rule: string;
  /** The rule's integer version (contract 12). */
  readonly ruleVersion: number;
  readonly outcome: FindingOutcome;
  readonly scope: Scope;
  readonly severity: Severity;
  /** HL7's IssueType: http://hl7.org/fhir/R4/valueset-issue-type.html */
  readonly code: string;
  /** FHIRPath of the element the finding is about. */
  readonly expression: string;
  /** One plain sentence: what is wrong and what would make it right. */
  readonly says: string;
  readonly evidence: readonly Evidence[];
  /**
   * Root-cause key within (source, rule), free of PHI: a code and unit, an element, a department
   * (contract 17). Findings with one cause become one exception.
   */
  readonly cause: string;
  /** Purposes that a label or restriction permits; the policy compares (contract 11). */
  readonly permits?: readonly string[];
};
