import type { Owner } from './rule.ts';
import type { Purpose } from './purpose.ts';
import type { Action, Reach } from './verdict.ts';

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
};
