import { populationCases } from '../../../test/support/rule-cases.ts';
import { monitorPrevalence } from './rule.ts';

// Of a thousand results, those with the code in the unit.
const runs = (now: number, before: readonly number[]) => ({ subject: 'loinc 2345-7 in mg/dL', expression: 'Observation.code', now: { count: now, of: 1000 }, before: before.map((count) => ({ count, of: 1000 })) });

populationCases(monitorPrevalence, {
  'a unit that replaced another': [runs(400, [0, 0, 0, 0, 0]), 'wrong Observation.code'],
  'a unit that is gone': [runs(0, [400, 398, 405, 402, 399]), 'wrong Observation.code'],
  'a code half as often': [runs(200, [400, 398, 405, 402, 399]), 'wrong Observation.code'],
  'an ordinary run': [runs(404, [400, 398, 405, 402, 399])],
  'a rare code': [runs(2, [1, 0, 1, 0, 0])],
  'too few runs': [runs(400, [0]), 'unevaluated Observation.code'],
});
