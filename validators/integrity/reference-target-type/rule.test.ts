import { resourceCases } from '../../../test/support/rule-cases.ts';
import { referenceTargetType } from './rule.ts';

const about = (reference: string, more: object = {}) => ({ resourceType: 'Condition', subject: { reference }, ...more });

resourceCases(referenceTargetType, {
  'a practitioner as the subject': [about('Practitioner/p'), 'wrong Condition.subject'],
  'in a version': [about('Encounter/p/_history/3'), 'wrong Condition.subject'],
  'on another server': [about('https://example.org/fhir/Practitioner/p'), 'wrong Condition.subject'],
  'conditional': [about('Practitioner?identifier=7'), 'wrong Condition.subject'],
  'contained': [about('#p', { contained: [{ resourceType: 'Practitioner', id: 'p' }] }), 'wrong Condition.subject'],
  'in a list': [{ resourceType: 'DiagnosticReport', result: [{ reference: 'Observation/a' }, { reference: 'Condition/b' }] }, 'wrong DiagnosticReport.result[1]'],
  'a patient': [about('Patient/p')],
  'a group': [about('Group/g')],
  'any type is allowed': [{ resourceType: 'Provenance', target: [{ reference: 'Slot/s' }] }],
  'nobody knows its type': [about('urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0')],
  'a type the table does not have': [{ resourceType: 'Slot', schedule: { reference: 'Patient/p' } }],
});
