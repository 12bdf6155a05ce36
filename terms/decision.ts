import type { Purpose } from './purpose.ts';
import type { Action } from './verdict.ts';

/** What a person may choose to do with a case: fhir-profiles/own/CodeSystem-disposition.json. */
export const choices = ['release-as-is', 'release-with-flag', 'keep-out', 'chart-correction', 'identity-team'] as const;
export type Choice = (typeof choices)[number];
/** How a case ends; the last two by itself. */
export type Disposition = Choice | 'superseded' | 'cleared';

/** From which alone a rule's field precision is computed: fhir-profiles/own/CodeSystem-validity.json. */
export const validities = ['true-finding', 'rule-wrong', 'reference-wrong', 'true-but-acceptable', 'cannot-tell'] as const;
export type Validity = (typeof validities)[number];

/** What two records of patients are found to be. */
export const pairDecisions = ['same', 'different', 'cannot-tell'] as const;
export type PairDecision = (typeof pairDecisions)[number];

/** What a view of a case about two or more records of one person says of them; undefined: it says something else. */
export const pairDecisionOf = (validity: Validity): PairDecision | undefined => (
  validity === 'true-finding' || validity === 'true-but-acceptable' ? 'same' : validity === 'rule-wrong' ? 'different' : validity === 'cannot-tell' ? 'cannot-tell' : undefined);

/** Where it came from: fhir-profiles/own/CodeSystem-root-cause.json. */
export const rootCauses = ['registration', 'mapping', 'documentation', 'copy-forward', 'coding', 'ai-omission', 'ai-inclusion',
  'ai-hallucination', 'ai-misattribution', 'wrong-patient', 'bias', 'patient-reported', 'unknown'] as const;
export type RootCause = (typeof rootCauses)[number];

/** `members`: the versions that were in the case when it was read. `cause`: also what comes later with the same rule and cause. */
export type RulingScope = 'members' | 'cause';

/** 21 CFR 11.50: who signed, when, and what the signature means. */
export type Signature = { readonly name: string; readonly credential: string; readonly at: string; readonly meaning: string };

/** One person's whole view of a case: what a decision is made of. */
export type View = {
  readonly disposition: Choice;
  readonly validity: Validity;
  readonly rootCause: RootCause;
  readonly purposes: readonly Purpose[];
  readonly reason: string;
  readonly scope: RulingScope;
  /** ISO 8601: when a release by this decision ends. */
  readonly expiresAt?: string;
  /** The revision of the case that was read: later members are not meant, unless the scope says so (contract 17). */
  readonly revision: number;
  readonly signature?: Signature;
};

/** Who, when, what, why, and the meaning of the signature. */
export type Decision = View & {
  /** The id of the command that made it, from the client: a second click is the first (contract 16). */
  readonly decision: string;
  readonly exception: string;
  readonly by: string;
  readonly at: string;
  /** Who agreed, where the policy asks for two; the governor who settled it. */
  readonly secondBy?: string;
  /** The view of who agreed, with his own reason and signature. */
  readonly secondView?: View;
  /** When it takes effect: after the undo window (contract 18). */
  readonly effectAt: string;
};

export type DecisionState = 'pending' | 'effective' | 'undone' | 'superseded' | 'reversed';

/** What a decision says of a finding in place of the policy; undefined: the policy's answer stands. */
export const rulingOf = (choice: Choice): Action | undefined => (
  choice === 'release-as-is' ? 'score' : choice === 'release-with-flag' ? 'flag' : choice === 'keep-out' ? 'exclude' : undefined);

/** A ruling in force, matched by rule and cause. */
export type Ruling = {
  /** The decision it comes from. */
  readonly decision: string;
  readonly rule: string; readonly cause: string;
  readonly action: Action;
  readonly purposes: readonly Purpose[];
};
