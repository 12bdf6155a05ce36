import { populationCases } from '../../../test/support/rule-cases.ts';
import { monitorCompleteness } from './rule.ts';

// Of a thousand records, those that have the element.
const runs = (now: number, before: readonly number[]) => ({ subject: 'Observation.encounter', expression: 'Observation.encounter', now: { count: now, of: 1000 }, before: before.map((count) => ({ count, of: 1000 })) });

populationCases(monitorCompleteness, {
  'gone': [runs(0, [950, 960, 955, 949, 958]), 'wrong Observation.encounter'],
  'half': [runs(480, [950, 960, 955, 949, 958]), 'wrong Observation.encounter'],
  'an ordinary run': [runs(951, [950, 960, 955, 949, 958])],
  'a few less': [runs(930, [950, 960, 955, 949, 958])],
  'too few runs': [runs(0, [950]), 'unevaluated Observation.encounter'],
});
