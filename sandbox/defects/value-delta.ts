import { amend, type Defect, type Form } from './defect.ts';
import { hasLoinc, measure, textAt, valueOf, daysBetween, type JsonObject } from './touch.ts';

/** The value is the patient's last of its code, with one before it not long ago. */
const form = (because: string, code: string, change: (observation: JsonObject, before: number) => unknown, within = 330): Form => amend('Observation', because, (observation, chart) => {
  const time = textAt(observation, 'effectiveDateTime') ?? '';
  const others = hasLoinc(observation, code) ? chart.around(observation, 'Observation').filter((one) => hasLoinc(one, code) && one['id'] !== observation['id']) : [];
  const before = others.filter((one) => (textAt(one, 'effectiveDateTime') ?? '') < time).sort((a, b) => ((textAt(a, 'effectiveDateTime') ?? '') < (textAt(b, 'effectiveDateTime') ?? '') ? 1 : -1))[0];
  const later = others.some((one) => (textAt(one, 'effectiveDateTime') ?? '') >= time);
  const birth = textAt(chart.resolve(textAt(observation, 'subject', 'reference')), 'birthDate') ?? '9999';
  if (before === undefined || later || daysBetween(textAt(before, 'effectiveDateTime') ?? '', time) > within || daysBetween(birth, time) < 18 * 365) return false;
  return change(observation, valueOf(before));
});
const rounded = (value: number): number => Math.round(value * 10) / 10;

export const valueDelta: Defect = {
  rule: 'value-delta', apart: true,
  forms: [
    form('A weight in pounds that says kilograms.', '29463-7', (one, before) => measure(one, rounded(before * 2.2046), 'kg')),
    form('A weight in kilograms that says pounds.', '29463-7', (one, before) => measure(one, rounded(before), '[lb_av]')),
    form('A height in inches that says centimetres.', '8302-2', (one, before) => measure(one, rounded(before / 2.54), 'cm')),
    form('A height in metres that says centimetres.', '8302-2', (one, before) => measure(one, Math.round(before) / 100, 'cm')),
    form('A weight in grams that says kilograms.', '29463-7', (one, before) => measure(one, Math.round(before * 1000), 'kg')),
  ],
  nearMisses: [
    form('A weight in pounds that says pounds.', '29463-7', (one, before) => measure(one, rounded(before * 2.2046), '[lb_av]')),
    form('Some weight lost.', '29463-7', (one, before) => measure(one, rounded(before * 0.88), 'kg')),
    form('A height in inches that says inches.', '8302-2', (one, before) => measure(one, rounded(before / 2.54), '[in_i]')),
  ],
};
