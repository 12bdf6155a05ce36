import { resourceCases } from '../../../test/support/rule-cases.ts';
import { codeLoincCheckDigit } from './rule.ts';

const coded = (...codes: string[]) => ({ resourceType: 'Observation', code: { coding: codes.map((code) => ({ system: 'http://loinc.org', code })) } });

resourceCases(codeLoincCheckDigit, {
  'a wrong digit': [coded('8480-5'), 'wrong Observation.code.coding[0].code'],
  'two numbers swapped': [coded('4880-6'), 'wrong Observation.code.coding[0].code'],
  'no digit': [coded('8480'), 'wrong Observation.code.coding[0].code'],
  'a letter': [coded('X9999-0'), 'wrong Observation.code.coding[0].code'],
  'the second of two': [coded('8480-6', '8462-5'), 'wrong Observation.code.coding[1].code'],
  'deep inside': [{ resourceType: 'Observation', component: [{ code: coded('8462-1').code }] }, 'wrong Observation.component[0].code.coding[0].code'],
  'right': [coded('8480-6', '29463-7', '85354-9', '1-8')],
  'an answer': [coded('LA6576-8')],
  'another system': [{ resourceType: 'Observation', code: { coding: [{ system: 'urn:local', code: '8480-5' }] } }],
});
