import type { HistoryRule, Resource, RuleContext, Said } from '../../terms/rule.ts';

type Stated<R> = Omit<HistoryRule, 'scope' | 'kind' | 'check'> & Partial<Pick<HistoryRule, 'kind'>>
  & { check(before: R, after: R, context: RuleContext & { readonly beforeVersion: string }): readonly Said[] };

/** A rule over a version and the one before it. */
export const historyRule = <R = Resource>(rule: Stated<R>): HistoryRule =>
  ({ kind: 'compute', ...(rule as unknown as Stated<Resource>), scope: 'history' });
