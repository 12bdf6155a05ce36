import { lagRule } from '../templates/lag.ts';

export const timeResultLag = lagRule({
  id: 'time-result-lag', version: 1,
  title: 'A result issued late', why: 'Results that come long after the specimen point to an interface that was down or to old results loaded again.',
  sources: ['PCORnet Data Quality Checks (result lag)'],
  says: 'This was issued long after it was measured.',
  // Cultures and genetics take weeks; two months take no laboratory.
  rows: [
    { type: 'Observation', from: ['effectiveDateTime', 'effectiveInstant'], to: 'issued', days: 60 },
    { type: 'DiagnosticReport', from: ['effectiveDateTime'], to: 'issued', days: 60 },
  ],
});
