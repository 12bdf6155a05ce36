import { populationCases } from '../../../test/support/rule-cases.ts';
import { monitorVolume } from './rule.ts';

const runs = (now: number, before: readonly number[]) => ({ subject: 'Observation', expression: 'Run.volume', now: { count: now }, before: before.map((count) => ({ count })) });

populationCases(monitorVolume, {
  'forty percent less': [runs(600, [1000, 1020, 985, 1010, 995, 1005]), 'wrong Run.volume'],
  'twice as much': [runs(2000, [1000, 1020, 985, 1010, 995, 1005]), 'wrong Run.volume'],
  'nothing at all': [runs(0, [1000, 1020, 985, 1010, 995, 1005]), 'wrong Run.volume'],
  'an ordinary run': [runs(1015, [1000, 1020, 985, 1010, 995, 1005])],
  'a source that varies': [runs(600, [1000, 400, 1500, 800, 600, 1200])],
  'few records': [runs(2, [4, 3, 5, 4, 4, 3])],
  'too few runs': [runs(600, [1000, 1020]), 'unevaluated Run.volume'],
});
