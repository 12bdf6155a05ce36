import { resourceCases } from '../../../test/support/rule-cases.ts';
import { codeForm } from './rule.ts';

const coded = (system: string, ...codes: string[]) => ({ resourceType: 'Condition', code: { coding: codes.map((code) => ({ system, code })) } });
const wrong = 'wrong Condition.code.coding[0].code';
const icd = 'http://hl7.org/fhir/sid/icd-10-cm';
const pcs = 'http://www.cms.gov/Medicare/Coding/ICD10';

resourceCases(codeForm, {
  'ICD-9 as ICD-10': [coded(icd, '250.00'), wrong],
  'a display as ICD-10': [coded(icd, 'Diabetes'), wrong],
  'too long': [coded(icd, 'S52.521AAB'), wrong],
  'the letter O in PCS': [coded(pcs, 'ODTJ4ZZ'), wrong],
  'six characters of PCS': [coded(pcs, '0DTJ4Z'), wrong],
  'four digits of CPT': [coded('http://www.ama-assn.org/go/cpt', '9921'), wrong],
  'RxNorm with a letter': [coded('http://www.nlm.nih.gov/research/umls/rxnorm', 'RX313782'), wrong],
  'NDC cut': [coded('http://hl7.org/fhir/sid/ndc', '0002-1433'), wrong],
  'CVX by name': [coded('http://hl7.org/fhir/sid/cvx', 'influenza'), wrong],
  'ICD-10-CM in order': [coded(icd, 'E11.9', 'E119', 'S52.521A', 'Z79.4', 'C7A.010', 'U07.1', 'M1A.0110')],
  'PCS in order': [coded(pcs, '0DTJ4ZZ', '02703ZZ')],
  'CPT and HCPCS in order': [coded('http://www.ama-assn.org/go/cpt', '99213', '0001U', '3008F')],
  'RxNorm, NDC, CVX in order': [{ resourceType: 'Condition', code: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '313782' },
    { system: 'http://hl7.org/fhir/sid/ndc', code: '0002-1433-80' }, { system: 'http://hl7.org/fhir/sid/cvx', code: '08' }] } }],
  'another system': [coded('urn:local', '!')],
});
