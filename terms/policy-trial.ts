import type { Purpose } from './purpose.ts';
import type { VerdictOutcome } from './verdict.ts';

/** Current versions that a policy would judge otherwise, by what makes the difference. */
export type PolicyChange = {
  readonly rule: string; readonly type: string; readonly purpose: Purpose;
  readonly from: VerdictOutcome; readonly to: VerdictOutcome; readonly versions: number;
  /** Of those, released already: retraction candidates where the new answer lets them not go. */
  readonly released: number;
};
export type PolicyTrial = { readonly looked: number; readonly changed: number; readonly changes: readonly PolicyChange[] };
