import { patientCases } from '../../../test/support/rule-cases.ts';
import { timeOutsideEncounter } from './rule.ts';

const stay = (code = 'IMP', end: string | undefined = '2020-03-10T10:00:00Z') =>
  ({ resourceType: 'Encounter', id: 'e', class: { code }, period: { start: '2020-03-01T10:00:00Z', ...(end === '' ? {} : { end }) } });
const result = (effectiveDateTime: string) => ({ resourceType: 'Observation', id: 'o', encounter: { reference: 'Encounter/e' }, effectiveDateTime });
const wrong = ['Observation/o wrong Observation.effectiveDateTime'];

patientCases(timeOutsideEncounter, {
  'a month before': [[stay(), result('2020-02-01')], wrong],
  'eight days after': [[stay(), result('2020-03-18T12:00:00Z')], wrong],
  'in emergency care': [[stay('EMER'), result('2020-04-18T12:00:00Z')], wrong],
  'a drug, named by its context': [[stay(), { resourceType: 'MedicationAdministration', id: 'm', context: { reference: 'Encounter/e' }, effectiveDateTime: '2020-05-01' }],
    ['MedicationAdministration/m wrong MedicationAdministration.effectiveDateTime']],
  'within': [[stay(), result('2020-03-05')], []],
  'six days after': [[stay(), result('2020-03-16T09:00:00Z')], []],
  'a week after to the minute': [[stay(), result('2020-03-17T10:00:00Z')], []],
  'an outpatient visit': [[stay('AMB'), result('2021-03-05')], []],
  'a stay that goes on': [[stay('IMP', ''), result('2020-08-05')], []],
  'an encounter that is not there': [[result('2020-08-05')], []],
  'no time': [[stay(), { resourceType: 'Observation', id: 'o', encounter: { reference: 'Encounter/e' } }], []],
  'a time that is none': [[stay(), result('soon')], []],
  'no encounter': [[stay(), { resourceType: 'Observation', id: 'o', effectiveDateTime: '2019-01-01' }], []],
  'by its period': [[stay(), { ...result(''), effectiveDateTime: undefined, effectivePeriod: { start: '2020-05-01', end: '2020-05-02' } }], ['Observation/o wrong Observation.effectivePeriod.start']],
  'a report that was issued late': [[stay(), { resourceType: 'DiagnosticReport', id: 'd', encounter: { reference: 'Encounter/e' }, issued: '2020-05-01T00:00:00Z' }], []],
  'without a time': [[stay(), { ...result(''), effectiveDateTime: undefined }], []],
});
