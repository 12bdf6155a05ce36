import { patientCases } from '../../../test/support/rule-cases.ts';
import { referenceSubjectMismatch } from './rule.ts';

const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, ...more });
const visit = (subject: string) => ({ resourceType: 'Encounter', id: 'e', subject: { reference: `Patient/${subject}` }, period: { start: '2020-03-01T10:00:00Z' } });
const weight = { resourceType: 'Observation', id: 'o', subject: { reference: 'Patient/p' }, encounter: { reference: 'Encounter/e' }, effectiveDateTime: '2020-03-01T10:05:00Z' };
const options = { referenced: ['Encounter/e', 'Patient/q'] };

patientCases(referenceSubjectMismatch, {
  'another’s encounter': [[patient('p', { birthDate: '1980-01-01' }), visit('q'), weight], ['Observation/o wrong Observation.encounter'], options],
  'an encounter that comes later in the view': [[visit('q'), { ...weight, effectiveDateTime: '2020-01-01' }], ['Observation/o wrong Observation.encounter'], options],
  'a drug in another’s encounter': [[visit('q'), { resourceType: 'MedicationAdministration', id: 'm', subject: { reference: 'Patient/p' }, context: { reference: 'Encounter/e' } }],
    ['MedicationAdministration/m wrong MedicationAdministration.context'], options],
  'a document in another’s encounter': [[visit('q'), { resourceType: 'DocumentReference', id: 'd', subject: { reference: 'Patient/p' }, context: { encounter: [{ reference: 'Encounter/e' }] } }],
    ['DocumentReference/d wrong DocumentReference.context.encounter[0]'], options],
  'a claim with another’s encounter': [[visit('q'), { resourceType: 'Claim', id: 'c', patient: { reference: 'Patient/p' }, item: [{}, { encounter: [{ reference: 'Encounter/e' }] }] }],
    ['Claim/c wrong Claim.item[1].encounter[0]'], options],
  'the own encounter': [[patient('p'), visit('p'), weight], []],
  'a newborn in the mother’s encounter': [[patient('p', { birthDate: '2020-03-01' }), visit('q'), weight], [], options],
  'a child of a year in the mother’s encounter': [[patient('p', { birthDate: '2019-03-01' }), visit('q'), weight], ['Observation/o wrong Observation.encounter'], options],
  'two records of one person': [[patient('p', { link: [{ other: { reference: 'Patient/q' }, type: 'seealso' }] }), visit('q'), weight], [], options],
  'an encounter that is not there': [[patient('p'), weight], []],
});
