import type { Checked } from './check.ts';

/** One thing found about a resource, by whichever rule. */
export type Said = {
  readonly rule: string; readonly severity: 'fatal' | 'error' | 'warning' | 'information'; readonly expression: string; readonly says: string;
  readonly unevaluated: boolean;
};

/** One resource's result: `checked` as `--format ndjson` has it. */
export type Result = { readonly checked: Checked; readonly said: readonly Said[] };

export const isError = ({ severity, unevaluated }: Said): boolean => !unevaluated && (severity === 'error' || severity === 'fatal');

/** What `assay check` writes, piece by piece: nothing is kept but what the end needs. */
export type Report = {
  readonly start: string;
  /** '' where there is nothing to say of it. */
  one(result: Result): string;
  end(): string;
};
