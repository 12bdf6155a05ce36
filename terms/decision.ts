import type { Purpose } from './purpose.ts';

/** What a person may do with a case. */
export type Disposition = 'release-as-is' | 'release-with-flag' | 'keep-out' | 'chart-correction'
  | 'identity-team' | 'superseded' | 'cleared';

/** From which alone a rule's field precision is computed. */
export type Validity = 'true-finding' | 'rule-wrong' | 'reference-wrong' | 'true-but-acceptable' | 'cannot-tell';

/** Who, when, what, why, and the meaning of the signature. */
export type Decision = {
  /** From the client: a second click is the first (contract 16). */
  readonly command: string;
  readonly exception: string;
  /** The member revision that was previewed (contract 17). */
  readonly revision: number;
  readonly by: string;
  readonly at: string;
  readonly disposition: Disposition;
  readonly validity: Validity;
  readonly purposes: readonly Purpose[];
  readonly reason: string;
  readonly signature?: { readonly name: string; readonly credential: string; readonly meaning: string };
};
