import { amend, type Chart, type Defect, type Form } from './defect.ts';
import { coded, daysOn, part, systems, textAt, type JsonObject } from './touch.ts';

const birthOf = (resource: JsonObject, { resolve }: Chart): string => textAt(resolve(textAt(resource, 'subject', 'reference') ?? textAt(resource, 'patient', 'reference')), 'birthDate') ?? '';
/** `days` before birth, at a time of the day. */
const form = (type: string, because: string, element: string, days: number, more: (resource: JsonObject) => unknown = () => true): Form => amend(type, because, (resource, chart) => {
  const born = birthOf(resource, chart);
  // Born after 1960, so that it is not implausibly old as well.
  if (born < '1960' || typeof resource[element] !== 'string' || more(resource) === false) return false;
  resource[element] = `${daysOn(born, -days)}T09:30:00+00:00`;
  return true;
});

export const timeBeforeBirth: Defect = {
  rule: 'time-before-birth',
  forms: [
    form('Condition', 'The onset lies two years before the patient was born.', 'onsetDateTime', 700),
    form('Observation', 'Measured half a year before birth.', 'effectiveDateTime', 180), form('MedicationRequest', 'Ordered before birth.', 'authoredOn', 40), form('Immunization', 'Vaccinated before birth.', 'occurrenceDateTime', 10),
    amend('Encounter', 'A visit a year before birth.', (encounter, chart) => {
      const born = birthOf(encounter, chart);
      if (born < '1960') return false;
      encounter['period'] = { start: `${daysOn(born, -365)}T08:00:00Z`, end: `${daysOn(born, -365)}T09:00:00Z` };
      return true;
    }),
    amend('Procedure', 'Operated before birth, by the year alone.', (procedure, chart) => {
      const born = birthOf(procedure, chart);
      if (born < '1960') return false;
      delete procedure['performedPeriod'];
      procedure['performedDateTime'] = String(Number(born.slice(0, 4)) - 3);
      return true;
    }),
  ],
  nearMisses: [
    form('Observation', 'The heart rate of the unborn.', 'effectiveDateTime', 60, (one) => { one['code'] = coded(systems.loinc, '55283-6'); }),
    amend('Condition', 'The onset in the year of birth, no more is known.', (condition, chart) => { const born = birthOf(condition, chart); if (born === '') return false; condition['onsetDateTime'] = born.slice(0, 4); return true; }),
    amend('Encounter', 'The newborn’s admission begins some hours before the birth.', (encounter, chart) => {
      const born = birthOf(encounter, chart);
      if (born === '') return false;
      encounter['period'] = { start: `${daysOn(born, -1)}T20:00:00Z`, end: `${daysOn(born, 2)}T09:00:00Z` };
      return true;
    }),
    amend('Observation', 'Measured on the day of birth.', (one, chart) => { const born = birthOf(one, chart); if (born === '' || part(one, 'valueQuantity') === undefined) return false; one['effectiveDateTime'] = `${born}T03:00:00Z`; return true; }),
  ],
};
