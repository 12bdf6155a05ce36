import { resourceCases } from '../../../test/support/rule-cases.ts';
import { codeNpiCheckDigit } from './rule.ts';

const known = (value: string, system = 'http://hl7.org/fhir/sid/us-npi') => ({ resourceType: 'Practitioner', identifier: [{ system, value }] });

resourceCases(codeNpiCheckDigit, {
  'a wrong digit': [known('1234567890'), 'wrong Practitioner.identifier[0].value'],
  'too short': [known('123456789'), 'wrong Practitioner.identifier[0].value'],
  'letters': [known('12345ABCDE'), 'wrong Practitioner.identifier[0].value'],
  'in a reference': [{ resourceType: 'Encounter', participant: [{ individual: { identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '1' } } }] },
    'wrong Encounter.participant[0].individual.identifier.value'],
  'CMS’s own example': [known('1234567893')],
  'another system': [known('1', 'urn:staff')],
  'by its type, of another system': [{ resourceType: 'Practitioner', identifier: [{ system: 'urn:oid:1', type: { coding: [{ code: 'NPI' }] }, value: '1234567890' }] }, 'wrong Practitioner.identifier[0].value'],
  'by one of its types': [{ resourceType: 'Practitioner', identifier: [{ system: 'urn:oid:1', type: { coding: [{ code: 'PRN' }, { code: 'NPI' }] }, value: '1234567890' }] }, 'wrong Practitioner.identifier[0].value'],
});
