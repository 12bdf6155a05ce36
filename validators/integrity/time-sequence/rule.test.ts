import { patientCases } from '../../../test/support/rule-cases.ts';
import { timeSequence } from './rule.ts';

const one = (resourceType: string, more: object) => ({ resourceType, id: 'x', ...more });
const given = (effectiveDateTime: string) => [{ resourceType: 'MedicationRequest', id: 'r', authoredOn: '2020-03-05T10:00:00Z' },
  { resourceType: 'MedicationAdministration', id: 'm', effectiveDateTime, request: { reference: 'MedicationRequest/r' } }];

patientCases(timeSequence, {
  'onset after recording': [[one('Condition', { onsetDateTime: '2020-03-02', recordedDate: '2020-03-01' })], ['Condition/x wrong Condition.recordedDate']],
  'abated before onset': [[one('Condition', { onsetDateTime: '2020-03-02', abatementDateTime: '2019' })], ['Condition/x wrong Condition.abatementDateTime']],
  'issued before measured': [[one('Observation', { effectiveDateTime: '2020-03-02T10:00:00Z', issued: '2020-03-02T09:00:00Z' })], ['Observation/x wrong Observation.issued']],
  'handed over before prepared': [[one('MedicationDispense', { whenPrepared: '2020-03-02', whenHandedOver: '2020-03-01' })], ['MedicationDispense/x wrong MedicationDispense.whenHandedOver']],
  'given a week before it was ordered': [given('2020-02-27T10:00:00Z'), ['MedicationAdministration/m wrong MedicationAdministration.effectiveDateTime']],
  'given at night, ordered in the morning': [given('2020-03-05T01:00:00Z'), []],
  'given after': [given('2020-03-06T01:00:00Z'), []],
  'onset the same day': [[one('Condition', { onsetDateTime: '2020-03-01T23:00:00Z', recordedDate: '2020-03-01' })], []],
  'onset in the same month': [[one('Condition', { onsetDateTime: '2020-03', recordedDate: '2020-03-01' })], []],
  'issued at once': [[one('Observation', { effectiveDateTime: '2020-03-02T10:00:00Z', issued: '2020-03-02T10:00:00Z' })], []],
  'one of two orders was in time': [[{ resourceType: 'ServiceRequest', id: 'a', authoredOn: '2020-03-01T10:00:00Z' }, { resourceType: 'ServiceRequest', id: 'b', authoredOn: '2020-04-01T10:00:00Z' }, { resourceType: 'Procedure', id: 'x', performedDateTime: '2020-03-02T10:00:00Z', basedOn: [{ reference: 'ServiceRequest/a' }, { reference: 'ServiceRequest/b' }] }], []],
  'done upon an order, at no known time': [[given('2020-03-05')[0]!, { resourceType: 'MedicationAdministration', id: 'm', request: { reference: 'MedicationRequest/r' } }], []],
  'done upon no order': [[given('2020-03-05')[0]!, { resourceType: 'MedicationAdministration', id: 'm', effectiveDateTime: '2020-01-01' }], []],
  'received before it was collected': [[{ resourceType: 'Specimen', id: 's', collection: { collectedDateTime: '2020-01-03T10:00:00Z' }, receivedTime: '2020-01-01T10:00:00Z' }], ['Specimen/s wrong Specimen.receivedTime']],
  'received before its collection began': [[{ resourceType: 'Specimen', id: 's', collection: { collectedPeriod: { start: '2020-01-03T10:00:00Z' } }, receivedTime: '2020-01-01T10:00:00Z' }], ['Specimen/s wrong Specimen.receivedTime']],
  'over before it began, as a period': [[{ resourceType: 'Condition', id: 'c', onsetPeriod: { start: '2020-01-03' }, abatementDateTime: '2020-01-01' }], ['Condition/c wrong Condition.abatementDateTime']],
  'discharged before admitted': [[{ resourceType: 'Encounter', id: 'e', period: { start: '2020-01-03T10:00:00Z', end: '2020-01-01T10:00:00Z' } }], ['Encounter/e wrong Encounter.period']],
  'discharged after': [[{ resourceType: 'Encounter', id: 'e', period: { start: '2020-01-01T10:00:00Z', end: '2020-01-03T10:00:00Z' } }], []],
  'not discharged yet': [[{ resourceType: 'Encounter', id: 'e', period: { start: '2020-01-01T10:00:00Z' } }], []],
});
