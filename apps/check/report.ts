import type { Outcome } from '../../validators/profile/outcome.ts';

/** One thing found about a resource, by whichever rule. */
export type Said = {
  readonly rule: string; readonly severity: 'fatal' | 'error' | 'warning' | 'information'; readonly expression: string; readonly says: string;
  readonly unevaluated: boolean;
};

/** What was found about one resource. */
export type Result = {
  readonly file: string; readonly line: number;
  /** null where the input is no JSON or no resource; what was found says so. */
  readonly resourceType: string | null; readonly id: string | null;
  readonly said: readonly Said[];
  outcome(): Outcome;
};

export const isError = ({ severity, unevaluated }: Said): boolean => !unevaluated && (severity === 'error' || severity === 'fatal');

/** What `assay check` writes. Its parts need nothing of each other, so that any thread can make them; write-report.ts puts them together. */
export type Report = {
  readonly start: string;
  /** Around the results of a file. */
  around(file: string): readonly [before: string, after: string];
  /** Between two results that are not ''. */
  readonly between: string;
  /** '' where there is nothing to say of it. */
  one(result: Result): string;
  /** @param rules those of all that was found */
  end(rules: Iterable<string>): string;
};
