import { patientCases } from '../../../test/support/rule-cases.ts';
import { timeAfterDeath } from './rule.ts';

const died = { resourceType: 'Patient', id: 'p', deceasedDateTime: '2020-05-05T10:00:00Z' };
const vital = (effectiveDateTime: string, category = 'vital-signs') =>
  ({ resourceType: 'Observation', id: 'o', effectiveDateTime, category: [{ coding: [{ code: category }] }] });
const visit = (start: string, more: object = {}) => ({ resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' }, period: { start }, ...more });

patientCases(timeAfterDeath, {
  'a vital sign two days later': [[died, vital('2020-05-07T10:00:00Z')], ['Observation/o wrong Observation.effectiveDateTime']],
  'a visit two days later': [[died, visit('2020-05-07T10:00:00Z')], ['Encounter/e wrong Encounter.period.start']],
  'a drug given a month later': [[died, { resourceType: 'MedicationAdministration', id: 'm', status: 'completed', effectiveDateTime: '2020-06-05' }],
    ['MedicationAdministration/m wrong MedicationAdministration.effectiveDateTime']],
  'a laboratory result of three months later': [[died, vital('2020-08-07', 'laboratory')], ['Observation/o wrong/late Observation.effectiveDateTime']],
  'a laboratory result of a month later': [[died, vital('2020-06-07', 'laboratory')], []],
  'a vital sign of the same night': [[died, vital('2020-05-06T08:00:00Z')], []],
  'a vital sign the day after, date only': [[died, vital('2020-05-06')], []],
  'death certification': [[died, visit('2020-05-09T10:00:00Z', { type: [{ coding: [{ code: '308646001' }] }] })], []],
  'a cancelled visit': [[died, visit('2020-05-09', { status: 'cancelled' })], []],
  'a phone call': [[died, visit('2020-05-09', { class: { code: 'VR' } })], []],
  'a claim, a note': [[died, { resourceType: 'Claim', id: 'c', created: '2021-01-01' }, { resourceType: 'DocumentReference', id: 'd', date: '2021-01-01T00:00:00Z' }], []],
  'before death': [[died, vital('2020-05-04')], []],
  'alive': [[{ resourceType: 'Patient', id: 'p' }, vital('2020-05-07')], []],
  'a vital sign of two categories': [[died, { ...vital('2020-05-07T10:00:00Z'), category: [{ coding: [{ code: 'survey' }] }, { coding: [{ code: 'vital-signs' }] }] }], ['Observation/o wrong Observation.effectiveDateTime']],
  'a visit to certify the death, of two types': [[died, visit('2020-05-07T10:00:00Z', { type: [{ text: 'Visit' }, { coding: [{ system: 'http://snomed.info/sct', code: '308646001' }] }] })], []],
  'somebody else died': [[{ ...died, id: 'q' }, { resourceType: 'Patient', id: 'p' }, vital('2020-05-07T10:00:00Z')], []],
  'a vital sign with the patient’s own id': [[died, { ...vital('2020-05-07T10:00:00Z'), id: 'p' }], ['Observation/p wrong Observation.effectiveDateTime']],
  'a vital sign that only its code tells': [[died, { resourceType: 'Observation', id: 'o', effectiveDateTime: '2020-05-07T10:00:00Z', code: { coding: [{ code: '8867-4' }] } }], ['Observation/o wrong Observation.effectiveDateTime']],
  'a laboratory result of two days later': [[died, { ...vital('2020-05-07T10:00:00Z', 'laboratory'), code: { coding: [{ code: '2345-7' }] } }], []],
});
