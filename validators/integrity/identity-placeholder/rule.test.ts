import { resourceCases } from '../../../test/support/rule-cases.ts';
import { identityPlaceholder } from './rule.ts';

const named = (given: string, family: string, more: object = {}) => ({ resourceType: 'Patient', name: [{ given: [given], family }], ...more });
const ssn = (value: string) => named('Ada', 'Byron', { identifier: [{ system: 'http://hl7.org/fhir/sid/us-ssn', value }] });

resourceCases(identityPlaceholder, {
  'John Doe': [named('John', 'Doe'), 'wrong Patient.name[0]'],
  'Unknown': [named('UNKNOWN', 'Unknown'), 'wrong Patient.name[0]'],
  'an unknown family': [named('Ada', 'Unknown'), 'wrong Patient.name[0]'],
  'a trauma name': [named('Trauma', 'Zulu'), 'wrong Patient.name[0]'],
  'a test patient': [named('Zztest', 'Patient'), 'wrong/test-patient Patient.name[0]'],
  'test as a family': [named('Ada', 'TEST'), 'wrong/test-patient Patient.name[0]'],
  'labelled a test': [named('Ada', 'Byron', { meta: { security: [{ code: 'HTEST' }] } }), 'wrong/test-patient Patient.meta'],
  'a newborn’s name a year on': [named('Baby Boy', 'Byron', { birthDate: '2025-10-01' }), 'wrong Patient.name[0]'],
  'a newborn’s name in time': [named('Baby Girl', 'Byron', { birthDate: '2026-10-20' })],
  'a newborn’s name without a birth date': [named('BB', 'Byron'), 'unevaluated Patient.name[0]'],
  'a default birth date': [named('Ada', 'Byron', { birthDate: '1900-01-01' }), 'wrong Patient.birthDate'],
  'nine times one digit': [ssn('999-99-9999'), 'wrong Patient.identifier[0].value'],
  'an area never issued': [ssn('000-12-3456'), 'wrong Patient.identifier[0].value'],
  'a published number': [ssn('078-05-1120'), 'wrong Patient.identifier[0].value'],
  'a real person': [named('Ada', 'Byron', { birthDate: '1900-01-02' })],
  'names that only look like it': [named('Doe', 'Johnson')],
  'Testa is a family': [named('Maria', 'Testa')],
  'an ordinary number': [ssn('219-08-4321')],
  'no SSN': [named('Ada', 'Byron', { identifier: [{ system: 'urn:mrn', value: '000000000' }] })],
  'an old name does not count': [{ resourceType: 'Patient', name: [{ use: 'old', family: 'Unknown' }, { use: 'official', family: 'Byron' }] }],
});
