import { populationCases } from '../../../test/support/rule-cases.ts';
import { valueDefaultSpike } from './rule.ts';

const spike = (repeated: number, values: number, elsewhere: number) => ({ code: 'loinc 8310-5', unit: 'Cel', values, repeated, elsewhere, versions: ['v1', 'v2'] });

populationCases(valueDefaultSpike, {
  'half of a ward’s temperatures': [spike(50, 100, 0.05), 'v1 wrong Observation.value', 'v2 wrong Observation.value'],
  'a third, and a tenth elsewhere': [spike(33, 100, 0.1), 'v1 wrong Observation.value', 'v2 wrong Observation.value'],
  'the same elsewhere': [spike(50, 100, 0.45)],
  'a quarter': [spike(25, 100, 0.01)],
  'too few to tell': [spike(20, 25, 0.05)],
});
