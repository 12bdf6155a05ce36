import { amend, type Change, type Chart, type Defect, type Form } from './defect.ts';
import { hasLoinc, measure, textAt, valueOf, type JsonObject } from './touch.ts';

type Three = { readonly bmi: JsonObject; readonly weight: JsonObject; readonly height: JsonObject };

/** The three measurements of the encounter of a BMI. */
function three(bmi: JsonObject, chart: Chart): Three | undefined {
  const encounter = textAt(bmi, 'encounter', 'reference');
  if (!hasLoinc(bmi, '39156-5') || encounter === undefined) return undefined;
  const same = chart.around(bmi, 'Observation').filter((one) => textAt(one, 'encounter', 'reference') === encounter);
  const [weights, heights] = ['29463-7', '8302-2'].map((code) => same.filter((one) => hasLoinc(one, code)));
  const [weight, height] = [weights?.[0], heights?.[0]];
  return weight === undefined || height === undefined || weights?.length !== 1 || heights?.length !== 1 ? undefined : { bmi, weight, height };
}
const form = (because: string, change: (of: Three) => void): Form => amend('Observation', because, (bmi, chart) => {
  const of = three(bmi, chart);
  return of !== undefined && change(of);
});
/** Changes another of the three; the BMI carries the label. */
const beside = (because: string, which: 'weight' | 'height', change: (one: JsonObject) => void): Form => ({
  type: 'Observation', because,
  plant(bmi, chart): readonly Change[] | undefined {
    const of = three(bmi, chart);
    if (of === undefined) return undefined;
    change(of[which]);
    return [{ how: 'amend', resource: bmi, carries: true }, { how: 'amend', resource: of[which] }];
  },
});

export const valueBmiDisagrees: Defect = {
  rule: 'value-bmi-disagrees',
  forms: [
    form('A BMI a tenth too high.', ({ bmi }) => measure(bmi, Math.round(valueOf(bmi) * 11) / 10, 'kg/m2')),
    form('A BMI of somebody else.', ({ bmi }) => measure(bmi, Math.round((valueOf(bmi) + 9) * 10) / 10, 'kg/m2')),
    beside('The weight was mistyped.', 'weight', (weight) => measure(weight, Math.round(valueOf(weight) * 13) / 10, 'kg')),
    beside('The weight is in pounds and says kilograms.', 'weight', (weight) => measure(weight, Math.round(valueOf(weight) * 2.2046), 'kg')),
    beside('The height was mistyped.', 'height', (height) => measure(height, Math.round(valueOf(height) - 12), 'cm')),
  ],
  nearMisses: [
    form('Rounded to a whole number.', ({ bmi }) => measure(bmi, Math.round(valueOf(bmi)), 'kg/m2')),
    beside('The weight in pounds, and it says so.', 'weight', (weight) => measure(weight, Math.round(valueOf(weight) * 2.2046 * 10) / 10, '[lb_av]')),
    beside('The height in inches, and it says so.', 'height', (height) => measure(height, Math.round((valueOf(height) / 2.54) * 10) / 10, '[in_i]')),
    beside('The height in metres, and it says so.', 'height', (height) => measure(height, Math.round(valueOf(height)) / 100, 'm')),
  ],
};
