import { amend, type Defect, type Form } from './defect.ts';
import { part, textAt, type Json, type JsonObject } from './touch.ts';

const inYear = (text: Json | undefined, year: string): string => `${year}${String(text).slice(4).replace(/^-02-29/, '-02-28')}`;
const move = (type: string, because: string, elements: readonly string[], year: string, suits: (resource: JsonObject) => boolean = () => true): Form => amend(type, because, (resource) => {
  if (elements.some((element) => typeof resource[element] !== 'string') || !suits(resource)) return false;
  for (const element of elements) resource[element] = inYear(resource[element], year);
  return true;
});
const period = (because: string, status: string, year: string, ends = true): Form => amend('Encounter', because, (encounter) => {
  const own = part(encounter, 'period');
  if (own === undefined || !textAt(own, 'start') || !textAt(own, 'end')) return false;
  if (ends) Object.assign(own, { start: inYear(own['start'], year), end: inYear(own['end'], year) });
  else Object.assign(own, { start: '2026-11-23T10:00:00Z', end: `${year}-01-05T10:00:00Z` });
  encounter['status'] = status;
  return true;
});

export const timeFuture: Defect = {
  rule: 'time-future',
  forms: [
    move('Observation', 'The year was mistyped: a result of the year 2091.', ['effectiveDateTime', 'issued'], '2091', (one) => one['valueQuantity'] !== undefined),
    move('Condition', 'Recorded in two years.', ['recordedDate'], '2028'),
    move('MedicationRequest', 'Ordered in the future.', ['authoredOn'], '2033'),
    move('Immunization', 'Given in the future.', ['occurrenceDateTime'], '2031'),
    period('A finished visit of next year.', 'finished', '2027'),
    move('DocumentReference', 'A note dated ahead.', ['date'], '2030'),
    amend('Procedure', 'Done in the future.', (procedure) => {
      const own = part(procedure, 'performedPeriod');
      return own !== undefined && Object.assign(own, { start: inYear(own['start'], '2029'), end: inYear(own['end'], '2029') });
    }),
    move('Patient', 'Born in the future.', ['birthDate'], '2029', (patient) => patient['deceasedDateTime'] === undefined),
  ],
  nearMisses: [
    period('A planned visit.', 'planned', '2027'),
    period('Still in hospital, with an expected discharge.', 'in-progress', '2027', false),
    amend('CarePlan', 'A plan that begins next year.', (plan) => { plan['period'] = { start: '2027-01-10' }; plan['status'] = 'draft'; }),
    amend('Observation', 'Twelve hours ahead: another zone.', (one) => { one['effectiveDateTime'] = '2026-11-25T00:00:00Z'; one['issued'] = '2026-11-25T00:05:00Z'; }),
  ],
};
