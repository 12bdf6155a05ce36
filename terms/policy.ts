import type { Owner } from './rule.ts';
import type { Purpose } from './purpose.ts';
import type { Action, Reach } from './verdict.ts';

/** Who proposes a policy that no person proposed: two people have to be for it. */
export const PROPOSED_BY_ITSELF = 'fhir-assay';

/** 1 wrong patient, overlay, allergy, unit factor; 2 privacy; 3 AI; 4 payment; 5 the rest. */
export type Priority = 1 | 2 | 3 | 4 | 5;

/** What a policy says of one rule (or of a family, by a key that ends in `/*` or is a HL7 severity). */
export type PolicyRule = {
  /** The answer for `care`, and for each purpose that `by` does not name. */
  readonly action: Action;
  readonly by?: Readonly<Partial<Record<Purpose, Action>>>;
  readonly priority?: Priority;
  readonly reach?: Reach;
  readonly owner?: Owner;
  /** Days until a case is due. */
  readonly dueDays?: number;
};

/** Data, a deployment's own; fhir-profiles/policy/default.json is the seed, the one in force is a row (contract 13). */
export type Policy = {
  readonly name: string;
  readonly rules: Readonly<Record<string, PolicyRule>>;
  /** For findings whose rule has no row: by HL7 severity. */
  readonly bySeverity: Readonly<Record<'fatal' | 'error' | 'warning' | 'information', PolicyRule>>;
  /** For findings that could not be evaluated. */
  readonly unevaluated: PolicyRule;
  /** When a version is released and a newer one is held (contract 4). */
  readonly onNewerHeld: 'keep' | 'withdraw';
  /** Seconds a decision waits before it takes effect (contract 18). */
  readonly undoSeconds: number;
  readonly decisions?: DecisionPolicy;
};

/** How people decide. */
export type DecisionPolicy = {
  /** A second person gives his view blind: for cases of these priorities, and for what reaches beyond the case's members. */
  readonly fourEyes: { readonly priorities: readonly Priority[]; readonly beyondMembers: boolean };
  /** The longest that a release by a person may hold, in days. */
  readonly waiverDays: number;
  /** A reminder comes this many hours before a case is due. */
  readonly remindHours: number;
  /** Statutory term in calendar days, and its one extension (45 CFR 164.526(b)(2)). */
  readonly statutoryDays: number;
  readonly extensionDays: number;
  /** Share of decisions that a second person looks at blind, 0 to 1. */
  readonly secondLookShare: number;
  /** Most records that a bulk decision may cover, and how many of them must be opened first. */
  readonly bulk: { readonly most: number; readonly mustOpen: number };
};

/** Whether anything is decided by two who do not know of each other. */
export const isBlind = ({ fourEyes }: DecisionPolicy): boolean => fourEyes.beyondMembers || fourEyes.priorities.length > 0;

export const usualDecisions: DecisionPolicy = {
  fourEyes: { priorities: [1], beyondMembers: true }, waiverDays: 90, remindHours: 24,
  statutoryDays: 60, extensionDays: 30, secondLookShare: 0.05, bulk: { most: 500, mustOpen: 3 },
};
