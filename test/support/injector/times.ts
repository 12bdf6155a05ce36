import { add, amend, type Chart, type Defect, type Form } from '../../../sandbox/defects/defect.ts';
import { isObject, textAt, type JsonObject } from '../../../sandbox/json-exact.ts';
import { shifted, timeOf, to, uris } from './words.ts';

type Forms = Defect['forms'];
const period = (one: JsonObject, element: string): JsonObject | undefined => { const found = one[element]; return isObject(found) ? found : undefined; };
/** Its time becomes what `make` says of it. */
const timed = (type: string, because: string, make: (time: string, one: JsonObject, chart: Chart) => string | undefined): Form => amend(type, because, (one, chart) => {
  const element = timeOf[type] ?? '', time = textAt(one, element);
  const made = time === undefined ? undefined : make(time, one, chart);
  if (made === undefined) return false;
  one[element] = made;
});
const patientOf = (one: JsonObject, chart: Chart): JsonObject | undefined => chart.resolve(textAt(one, 'subject', 'reference') ?? textAt(one, 'patient', 'reference'));
const encounterOf = (one: JsonObject, chart: Chart): JsonObject | undefined => chart.resolve(textAt(one, 'encounter', 'reference'));
const classOf = (one: JsonObject | undefined): string => textAt(one, 'class', 'code') ?? '';
/** A later thing of a patient whom the planting makes die first; the patient carries no label. */
const afterDeath = (type: string, days: number, because: string, change: (one: JsonObject, died: string, chart: Chart) => unknown): Form => ({ type, because, plant(one, chart) {
  const patient = patientOf(one, chart);
  if (patient === undefined || patient['deceasedDateTime'] !== undefined) return undefined;
  // Dead after all that is on record.
  const died = '2026-03-01T10:00:00Z';
  if (textAt(one, timeOf[type] ?? '', '') === undefined && change(one, shifted(died, days), chart) === false) return undefined;
  patient['deceasedDateTime'] = died; delete patient['deceasedBoolean'];
  delete one['encounter'];
  return [{ how: 'amend', resource: patient }, { how: 'add', resource: { ...one, id: chart.random.id() }, carries: true }];
} });
const vital = (one: JsonObject): boolean => JSON.stringify(one['category'] ?? '').includes('vital-signs');

const reversed = (type: string, element: string): Form => amend(type, `${type}.${element} starts after its end.`, (one) => {
  const it = period(one, element), start = textAt(it, 'start');
  if (it === undefined || start === undefined) return false;
  it['end'] = shifted(start, -3);
});

export const times: readonly Defect[] = [
  { rule: 'time-future', forms: [...(['Observation', 'DiagnosticReport', 'Immunization', 'MedicationRequest', 'Condition', 'ImagingStudy'] as const).map((type): Form => timed(type, `${type} in 2031.`, (time) => `2031${time.slice(4)}`.replace('02-29', '02-28'))),
    amend('Encounter', 'A finished encounter next year.', (one) => { const it = period(one, 'period'); if (it === undefined) return false; it['start'] = '2027-11-01T10:00:00Z'; it['end'] = '2027-11-01T11:00:00Z'; }), amend('Procedure', 'Done in three days’ time.', (one) => { delete one['performedPeriod']; one['performedDateTime'] = '2026-11-27T12:00:01Z'; })] as unknown as Forms,
  nearMisses: [amend('Encounter', 'A planned encounter next year.', (one) => { const it = period(one, 'period'); if (it === undefined) return false; one['status'] = 'planned'; it['start'] = '2027-11-01T10:00:00Z'; it['end'] = '2027-11-01T11:00:00Z'; }), amend('CarePlan', 'A plan that runs for years.', (one) => { const it = period(one, 'period'); if (it === undefined) return false; it['end'] = '2029-01-01'; }), amend('Immunization', 'The vaccine expires later.', (one) => { one['expirationDate'] = '2028-05-01'; }),
    timed('Observation', 'Some hours ahead: another clock.', () => '2026-11-25T02:00:00Z'), add('MedicationRequest', 'A dose that is due next month.', (one) => ({ ...one, dosageInstruction: [{ timing: { event: ['2026-12-20T08:00:00Z'] } }] }))] },
  { rule: 'time-before-birth', forms: (['Observation', 'Immunization', 'MedicationRequest', 'Condition', 'DiagnosticReport'] as const).map((type, n): Form => timed(type, `${type} before birth.`, (_, one, chart) => { const born = textAt(patientOf(one, chart), 'birthDate'); return born === undefined || born < '1953' ? undefined : shifted(`${born.slice(0, 10)}T12:00:00Z`, -30 * (n + 1) - 300).slice(0, n % 2 === 0 ? 10 : 20); })) as unknown as Forms,
    nearMisses: [timed('Observation', 'The year of birth, no more is known.', (_, one, chart) => textAt(patientOf(one, chart), 'birthDate')?.slice(0, 4)), timed('Condition', 'The month of birth.', (_, one, chart) => textAt(patientOf(one, chart), 'birthDate')?.slice(0, 7)), timed('Immunization', 'On the day of birth.', (_, one, chart) => textAt(patientOf(one, chart), 'birthDate'))] },
  { rule: 'time-after-death', apart: true,
    forms: [afterDeath('Observation', 4, 'A vital sign four days after death.', (one, time) => vital(one) && (one['effectiveDateTime'] = time) && (one['issued'] = time)), afterDeath('Encounter', 10, 'A visit ten days after death.', (one, time) => { one['class'] = { system: uris.class, code: 'AMB' }; one['period'] = { start: time, end: time }; delete one['diagnosis']; }),
      afterDeath('MedicationRequest', 90, 'An order three months after death.', (one, time) => { one['authoredOn'] = time; }), afterDeath('Condition', 80, 'A diagnosis 80 days after death.', (one, time) => { one['onsetDateTime'] = time; one['recordedDate'] = time; }), afterDeath('Immunization', 75, 'A vaccination 75 days after death.', (one, time) => { one['occurrenceDateTime'] = time; })],
    nearMisses: [afterDeath('Claim', 70, 'A claim comes later.', (one, time) => { one['created'] = time; for (const element of ['item', 'diagnosis', 'procedure']) delete one[element]; }), afterDeath('DiagnosticReport', 20, 'The report of an examination afterwards.', (one, time) => { one['effectiveDateTime'] = time; one['issued'] = time; delete one['result']; }), afterDeath('Condition', 20, 'A diagnosis recorded within 60 days.', (one, time) => { delete one['onsetDateTime']; one['recordedDate'] = time; })] },
  { rule: 'time-start-after-end', forms: [reversed('Encounter', 'period'), reversed('CarePlan', 'period'), reversed('Procedure', 'performedPeriod'), reversed('Claim', 'billablePeriod'), reversed('CareTeam', 'period'), reversed('ExplanationOfBenefit', 'billablePeriod'),
    amend('Observation', 'Observation.effectivePeriod starts after its end.', (one) => { const time = textAt(one, 'effectiveDateTime'); if (time === undefined) return false; delete one['effectiveDateTime']; one['effectivePeriod'] = { start: time, end: shifted(time, -1) }; }), amend('Patient', 'An address ends before it starts.', (one) => { one['address'] = [{ city: 'Saco', period: { start: '2020-01-01', end: '2015-01-01' } }]; }), amend('Encounter', 'A place ends before it starts.', (one) => { one['location'] = [{ location: { display: 'Ward' }, period: { start: '2020-01-02', end: '2020-01-01' } }]; })],
    nearMisses: [amend('CarePlan', 'A day that is within the month.', (one) => { const it = period(one, 'period'); if (it === undefined) return false; it['start'] = '2019-05-17'; it['end'] = '2019-05'; }), amend('Procedure', 'No time at all passed.', (one) => { const it = period(one, 'performedPeriod'); if (it === undefined) return false; it['end'] = it['start'] ?? ''; }), amend('Claim', 'Ordered by zone, not by letters.', (one) => { one['billablePeriod'] = { start: '2019-05-17T23:30:00-05:00', end: '2019-05-18T05:00:00Z' }; })] },
  { rule: 'time-implausibly-old', forms: [...(['Observation', 'Immunization', 'MedicationRequest', 'DiagnosticReport', 'Condition'] as const).map((type): Form => timed(type, `${type} of the year 1900.`, () => '1900-01-01')), amend('Patient', 'Born in 1805.', (one) => { one['birthDate'] = '1805-02-03'; }), amend('Encounter', 'A visit in 1920.', (one) => { one['period'] = { start: '1920-01-01T00:00:00Z', end: '1920-01-01T01:00:00Z' }; })] as unknown as Forms,
    nearMisses: [timed('Observation', 'Of 1951.', () => '1951-06-01'), amend('Patient', 'Born in 1921.', (one) => { one['birthDate'] = '1921-02-03'; })] },
  { rule: 'time-outside-encounter', forms: (['Observation', 'MedicationRequest', 'DiagnosticReport'] as const).flatMap((type) => [-20, 25].map((days): Form => timed(type, `${type} ${days} days from its stay.`, (time, one, chart) => (/^(IMP|EMER|ACUTE)$/.test(classOf(encounterOf(one, chart))) ? shifted(textAt(encounterOf(one, chart), 'period', days < 0 ? 'start' : 'end') ?? time, days) : undefined)))) as unknown as Forms,
    nearMisses: [timed('Observation', 'Three days after the stay.', (time, one, chart) => (/^(IMP|EMER|ACUTE)$/.test(classOf(encounterOf(one, chart))) ? shifted(textAt(encounterOf(one, chart), 'period', 'end') ?? time, 3) : undefined)), timed('Observation', 'A month after a visit.', (time, one, chart) => (classOf(encounterOf(one, chart)) === 'AMB' ? shifted(textAt(encounterOf(one, chart), 'period', 'end') ?? time, 30) : undefined))] },
  { rule: 'time-diagnosis-outside-stay', forms: [amend('Condition', 'A diagnosis recorded 12 days after its stay.', (one, chart) => moved(one, chart, 12, (time) => { delete one['onsetDateTime']; one['recordedDate'] = time; })), amend('Procedure', 'Operated 9 days before the stay.', (one, chart) => moved(one, chart, -9, (time) => { delete one['performedPeriod']; one['performedDateTime'] = time; })), amend('Procedure', 'Operated 8 days after the stay.', (one, chart) => moved(one, chart, 8, (time) => { one['performedPeriod'] = { start: time, end: shifted(time, 0.1) }; }))],
    nearMisses: [amend('Procedure', 'Two days before the stay.', (one, chart) => moved(one, chart, -2, (time) => { delete one['performedPeriod']; one['performedDateTime'] = time; })), amend('Condition', 'Recorded 3 days after it.', (one, chart) => moved(one, chart, 3, (time) => { delete one['onsetDateTime']; one['recordedDate'] = time; }))] },
  { rule: 'time-sequence', forms: [amend('Condition', 'Begins after it was recorded.', (one) => { const time = textAt(one, 'recordedDate'); if (time === undefined) return false; one['onsetDateTime'] = shifted(time, 40); return Date.parse(time) < Date.parse('2026-09-01'); }), amend('Observation', 'Issued before it was measured.', (one) => { const time = textAt(one, 'effectiveDateTime'); if (time === undefined) return false; one['issued'] = shifted(time, -3); }),
    amend('DiagnosticReport', 'Issued before it was examined.', (one) => { const time = textAt(one, 'effectiveDateTime'); if (time === undefined) return false; one['issued'] = shifted(time, -2); }), { type: 'MedicationRequest', because: 'Given before it was ordered.', plant(order: JsonObject, chart: Chart) { const time = textAt(order, 'authoredOn'); return time === undefined ? undefined : [{ how: 'add', carries: true, resource: { resourceType: 'MedicationAdministration', id: chart.random.id(), status: 'completed', medicationCodeableConcept: order['medicationCodeableConcept'] ?? {}, subject: order['subject'] ?? {}, request: to('MedicationRequest', String(order['id'])), effectiveDateTime: shifted(time, -4) } }]; } },
    amend('AllergyIntolerance', 'Begins after it was recorded.', (one) => { const time = textAt(one, 'recordedDate'); if (time === undefined) return false; one['onsetDateTime'] = shifted(time, 50); })] as unknown as Forms,
    nearMisses: [amend('Observation', 'Issued in the same second.', (one) => { const time = textAt(one, 'effectiveDateTime'); if (time === undefined) return false; one['issued'] = time; }), amend('Condition', 'Begins on the day it was recorded.', (one) => { const time = textAt(one, 'recordedDate'); if (time === undefined) return false; one['onsetDateTime'] = time.slice(0, 10); })] },
  { rule: 'time-zone-absent', forms: [...(['Observation', 'Immunization', 'MedicationRequest', 'Condition'] as const).map((type): Form => timed(type, `${type} without a zone.`, (time) => (time.length < 19 ? undefined : time.slice(0, 19)))), amend('Encounter', 'A period without a zone.', (one) => { const it = period(one, 'period'); if (it === undefined) return false; it['start'] = String(it['start']).slice(0, 19); }), amend('Claim', 'created without a zone.', (one) => { one['created'] = String(one['created']).slice(0, 19); return String(one['created']).length === 19; })] as unknown as Forms,
    nearMisses: [timed('Observation', 'A day has no zone.', (time) => time.slice(0, 10)), timed('Observation', 'Z is a zone.', (time) => shifted(time, 0))] },
  { rule: 'time-overlapping-stays', apart: true, forms: [1, 2, 30].map((hours): Form => ({ type: 'Encounter', because: `A second stay begins ${hours} hours into the first.`, plant(stay, chart) {
    const from = textAt(stay, 'period', 'start');
    if (!/^(?:IMP|ACUTE)$/.test(classOf(stay)) || from === undefined) return undefined;
    stay['period'] = { start: from, end: shifted(from, 6) };
    return [{ how: 'amend', resource: stay, carries: hours === 0 }, { how: 'add', carries: true, resource: { resourceType: 'Encounter', id: chart.random.id(), status: 'finished', class: { system: uris.class, code: 'IMP' }, subject: stay['subject'] ?? {}, period: { start: shifted(from, hours / 24), end: shifted(from, 5) } } }];
  } })) as unknown as Forms,
    nearMisses: [{ type: 'Encounter', because: 'Part of the stay.', plant(stay, chart) { const from = textAt(stay, 'period', 'start'); if (!/^(?:IMP|ACUTE)$/.test(classOf(stay)) || from === undefined) return undefined; stay['period'] = { start: from, end: shifted(from, 6) }; return [{ how: 'amend', resource: stay }, { how: 'add', carries: true, resource: { resourceType: 'Encounter', id: chart.random.id(), status: 'finished', class: { system: uris.class, code: 'IMP' }, subject: stay['subject'] ?? {}, partOf: to('Encounter', String(stay['id'])), period: { start: shifted(from, 1), end: shifted(from, 4) } } }]; } }] },
  { rule: 'time-result-lag', forms: [amend('Observation', 'Issued a year later.', (one) => { const time = textAt(one, 'effectiveDateTime'); if (time === undefined || time > '2025') return false; one['issued'] = shifted(time, 365); }), amend('DiagnosticReport', 'Issued half a year later.', (one) => { const time = textAt(one, 'effectiveDateTime'); if (time === undefined || time > '2025') return false; one['issued'] = shifted(time, 183); })], nearMisses: [amend('Observation', 'Issued the next day.', (one) => { const time = textAt(one, 'effectiveDateTime'); if (time === undefined) return false; one['issued'] = shifted(time, 1); })] },
];
function moved(one: JsonObject, chart: Chart, days: number, put: (time: string) => void): boolean {
  const stay = encounterOf(one, chart), edge = textAt(stay, 'period', days < 0 ? 'start' : 'end');
  if (!/^(?:IMP|ACUTE)$/.test(classOf(stay)) || edge === undefined) return false;
  put(shifted(edge, days));
  return true;
}
