import { plausibleRangeRule } from '../templates/plausible-range.ts';

export const valueComponentRange = plausibleRangeRule({
  id: 'value-component-range', version: 3,
  title: 'A component outside the plausible range', why: 'One part of a measurement is probably mistyped, and the whole is judged by it.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausibleValueLow, plausibleValueHigh: hard ranges were withdrawn, so this flags)'],
  looksAt: ({ path }) => path !== 'Observation',
});
