import { expect, test } from 'vitest';
import type { Policy } from './policy.ts';
import { score, scores, type Criterion, type Tally } from './score.ts';

const criterion = (rule: string, more: Partial<Criterion> = {}): Criterion =>
  ({ rule, type: 'Observation', category: 'completeness', dimension: 'Availability', weight: 1, critical: false, ...more });
const tally: Tally = {
  types: [{ type: 'Observation', resources: 10 }, { type: 'Condition', resources: 4 }],
  rules: [{ type: 'Observation', rule: 'a', failed: 2, unevaluated: 3 }, { type: 'Observation', rule: 'b', failed: 1, unevaluated: 0 }],
};

test('what could not be checked counts in neither number', () => {
  expect(score(tally, [criterion('a')])).toMatchObject({ numerator: 5, denominator: 7, piqiScore: 71, criticalFailureCount: 0 });
  expect(score(tally, [criterion('a'), criterion('b', { weight: 5, critical: true })])).toEqual({
    numerator: 14, denominator: 17, piqiScore: 82, criticalFailureCount: 1, weightedNumerator: 5 + 45, weightedDenominator: 7 + 50, weightedPIQIScore: 88 });
});

test('only what has no failure is 100, and nothing at all is', () => {
  const many: Tally = { types: [{ type: 'Observation', resources: 100_000 }], rules: [{ type: 'Observation', rule: 'a', failed: 1, unevaluated: 0 }] };
  expect(score(many, [criterion('a')]).piqiScore).toBe(99);
  expect(score(many, [criterion('c')]).piqiScore).toBe(100);
  expect(score({ types: [], rules: [] }, [criterion('a')])).toMatchObject({ denominator: 0, piqiScore: 100 });
});

test('by type, dimension, category and rule; a rule counts where it reads', () => {
  const policy = { rules: { a: { action: 'hold', priority: 1 }, b: { action: 'flag' } }, bySeverity: { error: { action: 'hold', priority: 5 } } } as unknown as Policy;
  const found = scores(tally, [
    { id: 'a', category: 'completeness', scope: 'resource', reads: { Observation: ['code'] } },
    { id: 'b', category: 'temporal plausibility', scope: 'patient', reads: { '*': [] } },
    { id: 'h', category: 'completeness', scope: 'history', reads: { '*': [] } },
  ], policy);
  expect(found.byType.map(({ type, resources, denominator }) => [type, resources, denominator])).toEqual([['Observation', 10, 10 + 10 + 7 + 10], ['Condition', 4, 4 + 4 + 4]]);
  expect(found.byDimension.map(({ dimension, numerator, denominator }) => [dimension, numerator, denominator])).toEqual([
    ['Accuracy', 14, 14], ['Conformity', 14, 14], ['Availability', 5, 7], ['Plausibility', 13, 14]]);
  expect(found.byRule.map(({ rule, numerator, denominator, criticalFailureCount }) => [rule, numerator, denominator, criticalFailureCount])).toEqual([['a', 5, 7, 2], ['b', 13, 14, 0]]);
  expect(found.all.denominator).toBe(49);
});
