import { patientCases } from '../../../test/support/rule-cases.ts';
import { timeBeforeBirth } from './rule.ts';

const born = (birthDate?: string) => ({ resourceType: 'Patient', id: 'p', ...(birthDate === undefined ? {} : { birthDate }) });
const weight = (effectiveDateTime: string, code = '29463-7') =>
  ({ resourceType: 'Observation', id: 'o', effectiveDateTime, code: { coding: [{ system: 'http://loinc.org', code }] } });

patientCases(timeBeforeBirth, {
  'years before': [[born('1980-05-05'), weight('1970-01-01')], ['Observation/o wrong Observation.effectiveDateTime']],
  'the day before': [[born('1980-05-05'), weight('1980-05-04')], ['Observation/o wrong Observation.effectiveDateTime']],
  'two days before, with a time': [[born('1980-05-05'), weight('1980-05-03T09:00:00Z')], ['Observation/o wrong Observation.effectiveDateTime']],
  'a condition recorded before': [[born('1980-05-05'), { resourceType: 'Condition', id: 'c', recordedDate: '1979-01-01' }], ['Condition/c wrong Condition.recordedDate']],
  'the same day': [[born('1980-05-05'), weight('1980-05-05T00:30:00Z')], []],
  'the birth year alone': [[born('1980'), weight('1980-01-02')], []],
  'an evening before in another zone': [[born('1980-05-05'), weight('1980-05-04T20:00:00Z')], []],
  'fetal heart rate': [[born('1980-05-05'), weight('1980-03-05', '55283-6')], []],
  'a newborn’s admission that began with the mother’s': [[born('1980-05-05'), { resourceType: 'Encounter', id: 'e', period: { start: '1980-05-04T11:00:00Z' } }], []],
  'an admission a month before': [[born('1980-05-05'), { resourceType: 'Encounter', id: 'e', period: { start: '1980-04-04T11:00:00Z' } }], ['Encounter/e wrong Encounter.period.start']],
  'a claim before': [[born('1980-05-05'), { resourceType: 'Claim', id: 'c', created: '1979-01-01' }], []],
  'somebody else’s resource': [[born('1980-05-05'), { resourceType: 'Encounter', id: 'e', period: { start: '1970-04-04' } }], [], { referenced: ['Encounter/e'] }],
  'no birth date': [[born(), weight('1970-01-01')], ['Patient/p unevaluated Patient.birthDate']],
  'an observation with the patient’s own id': [[born('1980-05-05'), { ...weight('1970-01-01'), id: 'p' }], ['Observation/p wrong Observation.effectiveDateTime']],
  'died before birth': [[{ ...born('1980-05-05'), deceasedDateTime: '1970-01-01' }], ['Patient/p wrong Patient.deceasedDateTime']],
  'died in the year of birth': [[{ ...born('1980-05-05'), deceasedDateTime: '1980' }], []],
  'died later': [[{ ...born('1980-05-05'), deceasedDateTime: '1981-01-01' }], []],
  'no birth date, and died': [[{ ...born(), deceasedDateTime: '1970-01-01' }], ['Patient/p unevaluated Patient.birthDate']],
});
