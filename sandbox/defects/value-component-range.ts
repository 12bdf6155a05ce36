import { amend, type Defect, type Form } from './defect.ts';
import { componentOf, measure } from './touch.ts';

const form = (because: string, values: readonly [systolic: number, diastolic: number], unit = 'mm[Hg]'): Form => amend('Observation', because, (observation) => {
  const [high, low] = [componentOf(observation, '8480-6'), componentOf(observation, '8462-4')];
  if (high === undefined || low === undefined) return false;
  measure(high, values[0], unit);
  measure(low, values[1], unit);
  return true;
});

export const valueComponentRange: Defect = {
  rule: 'value-component-range',
  forms: [
    form('A systolic with a digit too many.', [1320, 82]), form('A systolic that lost a digit.', [12, 8]), form('A diastolic with a digit too many.', [1450, 880]),
    form('In kilopascal by its unit, in mm[Hg] by its numbers.', [128, 84], 'kPa'),
  ],
  nearMisses: [form('A hypertensive crisis.', [238, 134]), form('A shock.', [64, 38]), form('Kilopascal throughout.', [16.8, 10.4], 'kPa')],
};
