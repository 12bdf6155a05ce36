import { patientCases } from '../../../test/support/rule-cases.ts';
import { patientSexConflict } from './rule.ts';

const patient = (gender: string, ...extension: object[]) => ({ resourceType: 'Patient', id: 'p', gender, extension });
const icd = (code: string, more: object = {}) => ({ resourceType: 'Condition', id: 'c', code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] }, ...more });
const wrong = ['Condition/c wrong Condition.code'];
const clinical = (code: string) => ({ url: 'http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse', extension: [{ url: 'value', valueCodeableConcept: { coding: [{ code }] } }] });

patientCases(patientSexConflict, {
  'prostate cancer in a woman': [[patient('female'), icd('C61')], wrong],
  'pregnancy in a man': [[patient('male'), icd('O80')], wrong],
  'by SNOMED CT': [[patient('male'), { resourceType: 'Condition', id: 'c', code: { coding: [{ system: 'http://snomed.info/sct', code: '72892002' }] } }], wrong],
  'an operation': [[patient('male'), { resourceType: 'Procedure', id: 'r', status: 'completed', code: { coding: [{ system: 'http://www.cms.gov/Medicare/Coding/ICD10', code: '0UT90ZZ' }] } }],
    ['Procedure/r wrong Procedure.code']],
  'a claim’s diagnosis': [[patient('male'), { resourceType: 'Claim', id: 'k', diagnosis: [{}, { diagnosisCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'N80.0' }] } }] }],
    ['Claim/k wrong Claim.diagnosis[1]']],
  'clinical sex comes first': [[patient('male', clinical('female-typical')), icd('C53.9')], []],
  'and may conflict': [[patient('male', clinical('female-typical')), icd('C61')], wrong],
  'clinical sex said to be unknown': [[patient('male', clinical('unknown')), icd('C53.9')], []],
  'the own sex': [[patient('female'), icd('C53.9')], []],
  'another': [[patient('other'), icd('C61')], []],
  'refuted': [[patient('female'), icd('C61', { verificationStatus: { coding: [{ code: 'refuted' }] } })], []],
  'family history of it': [[patient('female'), icd('Z80.42')], []],
  'another extension beside what is on file': [[patient('female', { url: 'urn:other', valueCode: 'M' }), icd('C61')], wrong],
  'what the chart needs behind another extension': [[patient('female', { url: 'urn:other', valueCode: 'F' }, clinical('male-typical')), icd('C61')], []],
});
