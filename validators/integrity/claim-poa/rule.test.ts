import { expect, test } from 'vitest';
import { claim, icd, stay } from '../../../test/support/coded-stay.ts';
import { patientCases, toldOf } from '../../../test/support/rule-cases.ts';
import { claimPoa } from './rule.ts';

const admitted = (code: string, poa?: string) => ({ ...claim([]), diagnosis: [{ sequence: 1, diagnosisCodeableConcept: icd(code), ...(poa === undefined ? {} : { onAdmission: { coding: [{ code: poa }] } }) }] });
const wrong = ['Claim/k wrong Claim.diagnosis[0]'];

patientCases(claimPoa, {
  'absent': [[stay(), admitted('J18.9')], wrong],
  'absent, inpatient by the claim alone': [[{ ...admitted('J18.9'), subType: { coding: [{ code: 'inpatient' }] } }], wrong],
  'no such indicator': [[stay(), admitted('J18.9', 'maybe')], wrong],
  'diabetes acquired in the stay': [[stay(), admitted('E11.9', 'n')], wrong],
  'a congenital defect acquired in the stay': [[stay(), admitted('Q21.0', 'N')], wrong],
  'yes': [[stay(), admitted('J18.9', 'y')], []],
  'no, for what the patient was admitted for': [[stay(), admitted('T81.49XA', 'N')], wrong],
  'no, for a delivery': [[stay(), admitted('O72.1', 'N')], []],
  'no, for a secondary': [[stay(), { ...claim([]), diagnosis: [{ sequence: 1, diagnosisCodeableConcept: icd('J18.9'), onAdmission: { coding: [{ code: 'y' }] } }, { sequence: 2, diagnosisCodeableConcept: icd('T81.49XA'), onAdmission: { coding: [{ code: 'n' }] } }] }], []],
  'beside a local code': [[stay(), { ...claim([]), diagnosis: [{ sequence: 1, diagnosisCodeableConcept: icd('J18.9'), onAdmission: { coding: [{ system: 'urn:local', code: 'POA-1' }, { code: 'Y' }] } }] }], []],
  'the admitting diagnosis needs none': [[stay(), { ...claim([]), diagnosis: [{ sequence: 1, diagnosisCodeableConcept: icd('J18.9'), type: [{ coding: [{ code: 'admitting' }] }] }] }], []],
  'a later encounter for an injury': [[stay(), admitted('S72.001D')], []],
  'the first encounter for it': [[stay(), admitted('S72.001A')], wrong],
  'clinically undetermined': [[stay(), admitted('J18.9', 'w')], []],
  'exempt': [[stay(), admitted('Z79.4')], []],
  'outpatient': [[stay('AMB'), admitted('J18.9')], []],
  'no ICD-10-CM': [[stay(), { ...claim([]), diagnosis: [{ sequence: 1, diagnosisCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '233604007' }] } }] }], []],
  'an encounter’s diagnosis that no claim has': [[stay(), { resourceType: 'Condition', id: 'c', category: [{ coding: [{ code: 'encounter-diagnosis' }] }], code: icd('J18.9'), encounter: { reference: 'Encounter/e' } }], []],
  'exempt, it says, and is not': [[stay(), claim([], { diagnosis: [{ sequence: 1, diagnosisCodeableConcept: icd('N17.9'), type: [{ coding: [{ code: 'principal' }] }], onAdmission: { coding: [{ code: '1' }] } }] })], ['Claim/k wrong Claim.diagnosis[0]']],
  'exempt, it says, and is': [[stay(), claim([], { diagnosis: [{ sequence: 1, diagnosisCodeableConcept: icd('Z79.4'), type: [{ coding: [{ code: 'secondary' }] }], onAdmission: { coding: [{ code: '1' }] } }] })], []],
  'a professional’s bill for the stay': [[stay(), claim([icd('N17.9')], { type: { coding: [{ code: 'professional' }] } })], []],
});

test('the cause names the code, unless the indicator is absent', () => {
  expect(toldOf(claimPoa, [stay(), admitted('J18.9')])[0]?.split(' | ')[1]).toBe('absent');
  expect(toldOf(claimPoa, [stay(), admitted('J18.9', 'maybe')])[0]?.split(' | ')[1]).not.toBe('absent');
});
