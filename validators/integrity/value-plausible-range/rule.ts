import { plausibleRangeRule } from '../templates/plausible-range.ts';

export const valuePlausibleRange = plausibleRangeRule({
  id: 'value-plausible-range', version: 3,
  title: 'Outside the plausible range', why: 'A slipped decimal point or another unit is more probable than such a value.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausibleValueLow, plausibleValueHigh: hard ranges were withdrawn, so this flags)'],
  looksAt: ({ path }) => path === 'Observation',
});
