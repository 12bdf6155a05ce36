import { amend, type Defect, type Form } from './defect.ts';
import { daysOn, part, textAt } from './touch.ts';

/** Puts `second` so many days behind (before, where negative) `first`. */
const form = (type: string, because: string, first: string, second: string, days: number): Form => amend(type, because, (resource) => {
  const from = textAt(resource, first);
  if (from === undefined || from.length < 10 || (second !== 'abatementDateTime' && resource[second] === undefined && second !== 'whenHandedOver')) return false;
  resource[second] = daysOn(from, days);
  return true;
});
const given = (because: string, days: number): Form => amend('MedicationAdministration', because, (administration, { resolve }) => {
  const authored = textAt(resolve(textAt(administration, 'request', 'reference')), 'authoredOn');
  if (authored === undefined) return false;
  administration['effectiveDateTime'] = daysOn(authored, days);
  return true;
});

export const timeSequence: Defect = {
  rule: 'time-sequence',
  forms: [
    form('Observation', 'Issued before it was measured.', 'effectiveDateTime', 'issued', -2), form('DiagnosticReport', 'The report came before the specimen.', 'effectiveDateTime', 'issued', -3), form('Condition', 'Recorded before it began.', 'onsetDateTime', 'recordedDate', -20),
    form('Condition', 'Over before it began.', 'onsetDateTime', 'abatementDateTime', -30), form('Immunization', 'Recorded before it was given.', 'occurrenceDateTime', 'recorded', -4), given('Given three days before it was ordered.', -3),
    amend('Procedure', 'Done before it was ordered.', (procedure, { resolve }) => {
      const authored = textAt(resolve(textAt(procedure, 'basedOn', 0, 'reference')), 'authoredOn');
      return authored !== undefined && Object.assign(procedure, { performedPeriod: { start: daysOn(authored, -4), end: daysOn(authored, -3.9) } });
    }),
    amend('Observation', 'Issued before the period of its measurement began.', (observation) => {
      const at = textAt(observation, 'effectiveDateTime');
      if (at === undefined || textAt(observation, 'issued') === undefined) return false;
      delete observation['effectiveDateTime'];
      return Object.assign(observation, { effectivePeriod: { start: at, end: daysOn(at, 0.1) }, issued: daysOn(at, -2) });
    }),
  ],
  nearMisses: [
    form('Observation', 'Issued in the second in which it was measured.', 'effectiveDateTime', 'issued', 0), given('Given six hours before the order was signed.', -0.25),
    amend('Condition', 'Recorded on the day of its onset, no time known.', (condition) => { const at = textAt(condition, 'onsetDateTime'); return at !== undefined && at.length > 10 && Object.assign(condition, { recordedDate: at.slice(0, 10) }); }),
    amend('Condition', 'It began before, and in another zone.', (condition) => condition['abatementDateTime'] === undefined && Object.assign(condition, { onsetDateTime: '2025-03-01T12:00:00+05:00', recordedDate: '2025-03-01T08:00:00Z' })),
    amend('Observation', 'Issued within the period of its measurement.', (observation) => {
      const at = textAt(observation, 'effectiveDateTime');
      if (at === undefined || part(observation, 'valueQuantity') === undefined) return false;
      delete observation['effectiveDateTime'];
      return Object.assign(observation, { effectivePeriod: { start: daysOn(at, -1), end: daysOn(at, 1) }, issued: at });
    }),
  ],
};
