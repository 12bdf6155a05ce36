import { amend, type Defect, type Form } from './defect.ts';
import { copyOf, daysOn, listAt, part, textAt, type JsonObject } from './touch.ts';

/** Exchanges start and end. */
function exchange(period: JsonObject | undefined): boolean {
  const start = textAt(period, 'start'), end = textAt(period, 'end');
  if (period === undefined || !start || !end || Date.parse(start) >= Date.parse(end)) return false;
  Object.assign(period, { start: end, end: start });
  return true;
}
const form = (type: string, because: string, ...path: (string | number)[]): Form => amend(type, because, (resource) => exchange(part(resource, ...path)));
const given = (type: string, because: string, change: (resource: JsonObject) => unknown): Form => amend(type, because, change);

export const timeStartAfterEnd: Defect = {
  rule: 'time-start-after-end',
  forms: [
    form('Procedure', 'Start and end were exchanged.', 'performedPeriod'), form('Encounter', 'Discharged before admitted.', 'period'), form('Claim', 'A bill for a time that runs backwards.', 'billablePeriod'),
    form('DocumentReference', 'The period of what a note documents runs backwards.', 'context', 'period'),
    given('Encounter', 'A participant left before they came.', (encounter) => {
      const [participant] = listAt(encounter, 'participant'), start = textAt(encounter, 'period', 'start');
      return start !== undefined && participant !== undefined && Object.assign(part(participant) ?? {}, { period: { start, end: daysOn(start, -2) } });
    }),
    given('Patient', 'A name that ended before it began.', (patient) => Object.assign(part(patient, 'name', 0) ?? {}, { period: { start: '2020-05-01', end: '2019-04-30' } })),
    given('Patient', 'A contained coverage that ends before it begins.', (patient) => {
      patient['contained'] = [{ resourceType: 'Coverage', id: 'c', status: 'active', beneficiary: { reference: `Patient/${String(patient['id'])}` }, payor: [{ display: 'Plan' }], period: { start: '2025-01-01', end: '2024-12-31' } }];
    }),
  ],
  nearMisses: [
    given('Encounter', 'It starts when it ends.', (encounter) => { const own = part(encounter, 'period'); return own !== undefined && Object.assign(own, { end: own['start'] }); }),
    given('Encounter', 'Later by the clock on the wall, earlier in another zone: no.', (encounter) => { encounter['period'] = { start: '2025-03-01T23:30:00+05:00', end: '2025-03-01T19:00:00Z' }; }),
    given('Encounter', 'A day that ends in itself.', (encounter) => { encounter['period'] = { start: '2025-03-01T09:00:00Z', end: '2025-03-01' }; }),
    given('Procedure', 'It goes on.', (procedure) => { const own = copyOf(part(procedure, 'performedPeriod') ?? {}); delete own['end']; procedure['performedPeriod'] = own; }),
  ],
};
