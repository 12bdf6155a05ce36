import { resourceCases } from '../../../test/support/rule-cases.ts';
import { codeSnomedCheckDigit } from './rule.ts';

const coded = (...codes: string[]) => ({ resourceType: 'Condition', code: { coding: codes.map((code) => ({ system: 'http://snomed.info/sct', code })) } });

resourceCases(codeSnomedCheckDigit, {
  'a wrong digit': [coded('44054007'), 'wrong Condition.code.coding[0].code'],
  'two digits swapped': [coded('44050406'), 'wrong Condition.code.coding[0].code'],
  'too short': [coded('44054'), 'wrong Condition.code.coding[0].code'],
  'rounded by a spreadsheet': [coded('10821000119100000'), 'wrong Condition.code.coding[0].code'],
  'letters': [coded('E11.9'), 'wrong Condition.code.coding[0].code'],
  'in an extension': [{ resourceType: 'Patient', extension: [{ url: 'urn:x', valueCoding: { system: 'http://snomed.info/sct', code: '44054007' } }] },
    'wrong Patient.extension[0].valueCoding.code'],
  'right, short and long': [coded('44054006', '73211009', '59621000', '243796009', '160903007', '428191000124101')],
  'an expression': [coded('44054006:363698007=39057004')],
  'another system': [{ resourceType: 'Condition', code: { coding: [{ system: 'urn:local', code: '1' }] } }],
  'an expression of which one code is wrong': [coded('44054007:363698007=44054006'), 'wrong Condition.code.coding[0].code'],
});
