import { populationCases } from '../../../test/support/rule-cases.ts';
import { monitorOverrideRate } from './rule.ts';

// Of two hundred decisions, those that went against the model.
const runs = (now: number, before: readonly number[]) => ({ subject: 'scribe', expression: 'Model.overrides', now: { count: now, of: 200 }, before: before.map((count) => ({ count, of: 200 })) });

populationCases(monitorOverrideRate, {
  'doubled': [runs(80, [40, 42, 38, 41, 39]), 'wrong Model.overrides'],
  'never any more': [runs(0, [40, 42, 38, 41, 39]), 'wrong Model.overrides'],
  'an ordinary month': [runs(43, [40, 42, 38, 41, 39])],
  'too few runs': [runs(80, [40, 42]), 'unevaluated Model.overrides'],
});
