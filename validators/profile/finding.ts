import type { Severity } from '../../terms/finding.ts';

/** One thing that a profile check found or could not decide. Holds no value from the record. */
export type ProfileFinding = {
  /** Stable: `profile-cardinality`, `profile-invariant/bp-1`, `terminology-binding`. docs/rules.md lists them. */
  readonly rule: string;
  readonly severity: Severity;
  /** HL7 issue type: http://hl7.org/fhir/R4/valueset-issue-type.html */
  readonly code: string;
  /** FHIRPath with indices, such as `Observation.component[1].value.ofType(Quantity)`. */
  readonly expression: string;
  /** What is wrong and what would make it right. */
  readonly says: string;
  /** The check could not be made: neither right nor wrong. */
  readonly unevaluated: boolean;
  /** HL7's id of the message, where it has one. */
  readonly messageId?: string | undefined;
  /** The profile, or type, that asks for it: canonical URL. */
  readonly profile?: string | undefined;
};
