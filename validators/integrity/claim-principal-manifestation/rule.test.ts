import { claim, icd, stay } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { claimPrincipalManifestation } from './rule.ts';

const wrong = ['Claim/k wrong Claim.diagnosis[0]'];
const condition = (code: string) => ({ resourceType: 'Condition', id: 'c', code: icd(code), encounter: { reference: 'Encounter/e' } });

patientCases(claimPrincipalManifestation, {
  'dementia in diseases classified elsewhere': [[stay(), claim([icd('F02.80'), icd('G30.9')])], wrong],
  'without the dot': [[stay(), claim([icd('I32')])], wrong],
  'a fall': [[stay(), claim([icd('W19.XXXA'), icd('S72.001A')])], wrong],
  'by reference': [[stay(), condition('G63'), { ...claim([]), diagnosis: [{ sequence: 1, diagnosisReference: { reference: 'Condition/c' } }] }], wrong],
  'an encounter’s first diagnosis': [[stay('IMP', { diagnosis: [{ rank: 1, condition: { reference: 'Condition/c' } }] }), condition('G63')], ['Encounter/e wrong Encounter.diagnosis[0]']],
  'as a secondary': [[stay(), claim([icd('G30.9'), icd('F02.80'), icd('W19.XXXA')])], []],
  'an encounter’s second': [[stay('IMP', { diagnosis: [{ rank: 2, condition: { reference: 'Condition/c' } }] }), condition('G63')], []],
  'another code of the letters': [[stay(), claim([icd('I33.0')])], []],
});
