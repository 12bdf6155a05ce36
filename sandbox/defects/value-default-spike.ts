import type { Change, Defect, Form } from './defect.ts';
import { copyOf, measure, part, textAt } from './touch.ts';

/** Measurements of one code at one place, most of them with one number. */
const spike = (because: string, [code, unit, usual]: readonly [string, string, number], values: number, repeated: number, place: string): Form => ({
  type: 'Observation', because,
  plant(observation, chart): readonly Change[] | undefined {
    if (part(observation, 'valueQuantity') === undefined || textAt(observation, 'code', 'coding', 0, 'code') !== code || textAt(observation, 'effectiveDateTime') === undefined) return undefined;
    const begun = Date.parse(String(observation['effectiveDateTime']));
    const measured = (count: number, same: number, at: string, labelled: boolean): Change[] => Array.from({ length: count }, (_, n): Change => {
      const copy = copyOf(observation);
      copy['id'] = chart.random.id();
      // Each patient has some, on days of their own.
      const patient = chart.patients[n % chart.patients.length] ?? '';
      copy['subject'] = { reference: `Patient/${patient}` };
      copy['effectiveDateTime'] = new Date(begun + n * 86_400_000).toISOString();
      delete copy['issued'];
      delete copy['encounter'];
      copy['performer'] = [{ reference: `Organization/${at}` }];
      measure(copy, n < same ? usual : usual + 1 + ((n * 7) % 40) / 10, unit);
      return { how: 'add', resource: copy, carries: labelled && n < same };
    });
    // Beside a place where the numbers differ, as they do.
    return [...measured(values, repeated, place, true), ...measured(40, 2, 'another-ward', false)];
  },
});

const weight = ['29463-7', 'kg', 70] as const, temperature = ['8310-5', 'Cel', 37] as const;

export const valueDefaultSpike: Defect = {
  rule: 'value-default-spike', hidden: true,
  forms: [spike('A ward’s screen fills in the same weight.', weight, 60, 40, 'ward-of-defaults'), spike('A device repeats one height.', ['8302-2', 'cm', 170], 50, 30, 'device-of-defaults')],
  nearMisses: [spike('A ward whose weights differ.', weight, 60, 8, 'ward-in-order'), spike('A few values, too few to tell.', temperature, 20, 18, 'ward-of-few')],
};
