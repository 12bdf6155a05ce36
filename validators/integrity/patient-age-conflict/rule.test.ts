import { patientCases } from '../../../test/support/rule-cases.ts';
import { patientAgeConflict } from './rule.ts';

const born = (birthDate?: string) => ({ resourceType: 'Patient', id: 'p', ...(birthDate === undefined ? {} : { birthDate }) });
const icd = (code: string, recordedDate: string | undefined = '2020-06-01', more: object = {}) =>
  ({ resourceType: 'Condition', id: 'c', code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] }, recordedDate, ...more });
const wrong = ['Condition/c wrong Condition.code'];

patientCases(patientAgeConflict, {
  'liveborn at forty': [[born('1980-01-01'), icd('Z38.00')], wrong],
  'delivery at seven': [[born('2013-01-01'), icd('O80')], wrong],
  'delivery at seventy': [[born('1950-01-01'), icd('O80')], wrong],
  'dementia at ten': [[born('2010-01-01'), icd('F03.90')], wrong],
  'a child’s examination at forty': [[born('1980-01-01'), icd('Z00.129')], wrong],
  'a claim’s diagnosis': [[born('1980-01-01'), { resourceType: 'Claim', id: 'k', created: '2020-01-01', diagnosis: [{ diagnosisCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'Z3800' }] } }] }],
    ['Claim/k wrong Claim.diagnosis[0]']],
  'it began in time, recorded late': [[born('1980-01-01'), icd('P59.9', '2020-01-01', { onsetDateTime: '1980-01-03' })], []],
  'delivery at thirty': [[born('1990-01-01'), icd('O80')], []],
  'on the last day': [[born('2002-06-02'), icd('Z00.129')], []],
  'the year of birth alone': [[born('2005'), icd('F03.90')], []],
  'no birth date': [[born(), icd('Z38.00')], []],
  'no date': [[born('1980-01-01'), icd('Z38.00', '')], []],
});
