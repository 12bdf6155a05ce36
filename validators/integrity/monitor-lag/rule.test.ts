import { populationCases } from '../../../test/support/rule-cases.ts';
import { monitorLag } from './rule.ts';

// Hours from event to arrival, the median of a run.
const runs = (now: number, before: readonly number[]) => ({ subject: 'Observation', expression: 'Run.lag', now: { count: now }, before: before.map((count) => ({ count })) });

populationCases(monitorLag, {
  'two days for two hours': [runs(48, [2, 2.1, 1.9, 2, 2.2]), 'wrong Run.lag'],
  'an ordinary run': [runs(2.1, [2, 2.1, 1.9, 2, 2.2])],
  'too few runs': [runs(48, [2, 2]), 'unevaluated Run.lag'],
});
