import { amend, type Defect, type Form } from './defect.ts';
import { part, type JsonObject } from './touch.ts';

const form = (type: string, because: string, element: string, time: string, suits: (resource: JsonObject) => boolean = () => true): Form => amend(type, because, (resource) => {
  if (typeof resource[element] !== 'string' || !suits(resource)) return false;
  resource[element] = time;
  return true;
});
const period = (because: string, start: string, end: string): Form => amend('Encounter', because, (encounter) => part(encounter, 'period') !== undefined && Object.assign(encounter, { period: { start, end } }));

export const timeImplausiblyOld: Defect = {
  rule: 'time-implausibly-old',
  forms: [
    form('Observation', 'The zero of a spreadsheet’s calendar.', 'effectiveDateTime', '1899-12-30T00:00:00Z'), form('Condition', 'The century was lost.', 'onsetDateTime', '0025-03-01'), form('Immunization', 'Given in 1912.', 'occurrenceDateTime', '1912-05-05T10:00:00Z'),
    form('MedicationRequest', 'Ordered in 1900.', 'authoredOn', '1900-01-01T00:00:00Z'), period('A visit in 1901.', '1901-01-01T09:00:00Z', '1901-01-01T10:00:00Z'), form('Patient', 'Born in 1796.', 'birthDate', '1796-04-12'),
  ],
  nearMisses: [form('Condition', 'The onset in childhood, long ago.', 'onsetDateTime', '1951'), period('A visit of the first records.', '1968-02-01T09:00:00Z', '1968-02-01T10:00:00Z'), form('Patient', 'Born in 1921.', 'birthDate', '1921-04-12')],
};
