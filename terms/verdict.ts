import type { Purpose } from './purpose.ts';

/** The policy's answer to a finding, weakest first. */
export const actions = ['score', 'flag', 'hold', 'exclude'] as const;
export type Action = (typeof actions)[number];

export type VerdictOutcome = 'release' | 'release-with-flags' | 'hold' | 'exclude';

/** Per version and purposes: purposes with the same answer share one verdict. */
export type Verdict = {
  readonly purposes: readonly Purpose[];
  readonly outcome: VerdictOutcome;
  /** Rule ids that flag, sorted. */
  readonly flags: readonly string[];
  /** Indices into the assessment's findings: those that made the outcome what it is. */
  readonly because: readonly number[];
  /** Version of the same patient whose finding reaches this one (contract 14). */
  readonly heldBy?: string;
};

/** What a hold covers: the version alone, or everything of the patient (contract 14). */
export type Reach = 'version' | 'patient';
