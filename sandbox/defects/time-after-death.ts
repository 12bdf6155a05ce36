import type { Change, Chart, Defect, Form } from './defect.ts';
import { daysOn, isCategory, textAt, type JsonObject } from './touch.ts';

const timeOf = (resource: JsonObject): string | undefined => textAt(resource, 'effectiveDateTime') ?? textAt(resource, 'period', 'start') ?? textAt(resource, 'occurrenceDateTime') ?? textAt(resource, 'authoredOn')
  ?? textAt(resource, 'performedPeriod', 'start') ?? textAt(resource, 'recordedDate');
const types = ['Encounter', 'Observation', 'Procedure', 'Immunization', 'MedicationRequest', 'MedicationAdministration', 'Condition', 'DiagnosticReport'];

/** When the last of the chart happened, an ISO date and time. */
const lastOf = (patient: JsonObject, chart: Chart): string => types.flatMap((type) => chart.around(patient, type).flatMap((one) => [timeOf(one), textAt(one, 'period', 'end')].filter((time) => time !== undefined)))
  .map((time) => new Date(time).toISOString()).sort().at(-1) ?? '';

/** The patient dies after all that is there, and a resource like one of the chart's comes so many days later. */
const form = (because: string, type: string, days: number, make: (template: JsonObject, at: string) => unknown, chosen: (template: JsonObject) => boolean = () => true): Form => ({
  type: 'Patient', because,
  plant(patient, chart): readonly Change[] | undefined {
    const last = lastOf(patient, chart);
    const template = chart.around(patient, type).find(chosen);
    if (patient['deceasedDateTime'] !== undefined || last === '' || template === undefined || last > '2026-06') return undefined;
    const died = daysOn(last, 1);
    if (make(template, daysOn(died, days)) === false) return undefined;
    return [{ how: 'amend', resource: { ...patient, deceasedDateTime: died } }, { how: 'add', resource: { ...template, id: chart.random.id() }, carries: true }];
  },
});
const visit = (actClass: string, status = 'finished') => (encounter: JsonObject, at: string): unknown => {
  delete encounter['diagnosis'];
  return Object.assign(encounter, { status, class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: actClass }, period: { start: at, end: daysOn(at, 0.1) } });
};
const vital = (one: JsonObject): boolean => isCategory(one, 'vital-signs');
const at = (element: string, more: object = {}) => (one: JsonObject, time: string): unknown => { delete one['encounter']; return Object.assign(one, { [element]: time }, more); };

export const timeAfterDeath: Defect = {
  rule: 'time-after-death', apart: true, hidden: true,
  forms: [
    form('A visit twelve days after death.', 'Encounter', 12, visit('AMB')), form('An emergency visit three days after death.', 'Encounter', 3, visit('EMER')), form('Vital signs four days after death.', 'Observation', 4, at('effectiveDateTime'), vital),
    form('Vaccinated a month after death.', 'Immunization', 30, at('occurrenceDateTime')), form('A drug ordered 100 days after death.', 'MedicationRequest', 100, at('authoredOn')),
    form('A diagnosis recorded 90 days after death.', 'Condition', 90, at('recordedDate')),
  ],
  nearMisses: [
    form('A planned visit of a patient who died.', 'Encounter', 12, visit('AMB', 'planned')), form('A note written a week after death.', 'DocumentReference', 7, at('date')), form('A bill a month after death.', 'Claim', 30, at('created')),
    form('A specimen’s result twenty days after death.', 'Observation', 20, at('effectiveDateTime'), (one) => isCategory(one, 'laboratory')), form('A telephone call with the family.', 'Encounter', 5, visit('VR')),
  ],
};
