import { amend, type Defect, type Form } from './defect.ts';
import { hasLoinc, measure, valueOf } from './touch.ts';

const form = (because: string, codes: readonly string[], value: number | ((was: number) => number), unit: string): Form => amend('Observation', because, (observation) => {
  const was = valueOf(observation);
  if (!hasLoinc(observation, ...codes) || Number.isNaN(was)) return false;
  measure(observation, typeof value === 'number' ? value : value(was), unit);
  return true;
});

export const valuePlausibleRange: Defect = {
  rule: 'value-plausible-range',
  forms: [
    form('A heart rate with a digit too many.', ['8867-4'], (was) => Math.round(was * 10), '/min'),
    form('A potassium whose decimal point slipped.', ['2823-3', '6298-4'], (was) => Math.round(was * 10), 'mmol/L'),
    form('A height in metres that says centimetres.', ['8302-2'], (was) => Math.round(was) / 100, 'cm'),
    form('A weight in grams that says kilograms.', ['29463-7'], (was) => Math.round(was * 1000), 'kg'),
    form('A respiratory rate that is a heart rate.', ['9279-1'], 172, '/min'),
    form('A sodium whose first digit is lost.', ['2951-2', '2947-0'], 38, 'mmol/L'),
    form('A negative concentration.', ['2345-7', '2339-0', '2160-0', '38483-4'], -4.2, 'mg/dL'),
  ],
  nearMisses: [
    form('A heart rate in flutter.', ['8867-4'], 178, '/min'),
    form('A potassium of an emergency.', ['2823-3', '6298-4'], 7.1, 'mmol/L'),
    form('A glucose of a coma.', ['2345-7', '2339-0'], 880, 'mg/dL'),
    form('A height in inches.', ['8302-2'], (was) => Math.round(was / 2.54), '[in_i]'),
    form('A weight in grams that says grams.', ['29463-7'], (was) => Math.round(was * 1000), 'g'),
    form('A low sodium.', ['2951-2', '2947-0'], 112, 'mmol/L'),
  ],
};
