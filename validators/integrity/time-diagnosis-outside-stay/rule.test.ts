import { patientCases } from '../../../test/support/rule-cases.ts';
import { timeDiagnosisOutsideStay } from './rule.ts';

const stay = (code = 'IMP') => ({ resourceType: 'Encounter', id: 'e', class: { code }, period: { start: '2020-03-01T10:00:00Z', end: '2020-03-10T10:00:00Z' } });
const diagnosis = (recordedDate: string, more: object = {}) => ({ resourceType: 'Condition', id: 'c', encounter: { reference: 'Encounter/e' }, recordedDate, ...more });
const operation = (performedDateTime: string) => ({ resourceType: 'Procedure', id: 'r', encounter: { reference: 'Encounter/e' }, performedDateTime });

patientCases(timeDiagnosisOutsideStay, {
  'recorded a month later': [[stay(), diagnosis('2020-04-10')], ['Condition/c wrong Condition.recordedDate']],
  'recorded six days later': [[stay(), diagnosis('2020-03-16T11:00:00Z')], ['Condition/c wrong Condition.recordedDate']],
  'operated a week before': [[stay(), operation('2020-02-22')], ['Procedure/r wrong Procedure.performedDateTime']],
  'recorded at discharge': [[stay(), diagnosis('2020-03-10')], []],
  'coded four days after discharge': [[stay(), diagnosis('2020-03-14')], []],
  'begun years ago': [[stay(), diagnosis('2020-03-02', { onsetDateTime: '2001-01-01' })], []],
  'operated within': [[stay(), operation('2020-03-05')], []],
  'an outpatient visit': [[stay('AMB'), diagnosis('2020-08-10')], []],
  'not recorded': [[stay(), { resourceType: 'Condition', id: 'c', encounter: { reference: 'Encounter/e' }, onsetDateTime: '2010-01-01' }], []],
  'no encounter': [[stay(), { resourceType: 'Condition', id: 'c', recordedDate: '2010-01-01' }], []],
});
