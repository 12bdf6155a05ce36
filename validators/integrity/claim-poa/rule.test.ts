import { claim, icd, stay } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
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
  'no, and plausible': [[stay(), admitted('T81.49XA', 'N')], []],
  'clinically undetermined': [[stay(), admitted('J18.9', 'w')], []],
  'exempt': [[stay(), admitted('Z79.4')], []],
  'outpatient': [[stay('AMB'), admitted('J18.9')], []],
  'no ICD-10-CM': [[stay(), { ...claim([]), diagnosis: [{ sequence: 1, diagnosisCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '233604007' }] } }] }], []],
});
