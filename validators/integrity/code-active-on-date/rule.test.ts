import { claim, icd, stay } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { codeActiveOnDate } from './rule.ts';

const on = (code: string, start: string, end: string, actClass = 'AMB') => [stay(actClass, { period: { start, end } }), claim([icd(code)], { billablePeriod: { start, end } })];
const wrong = ['Claim/k wrong Claim.diagnosis[0]'];

patientCases(codeActiveOnDate, {
  'no more in force': [on('M54.5', '2022-01-01', '2022-01-01'), wrong],
  'not yet in force': [on('U07.1', '2020-03-15', '2020-03-15'), wrong],
  'an encounter diagnosis': [[stay('AMB', { period: { start: '2022-01-01T10:00:00Z' } }), { resourceType: 'Condition', id: 'c', category: [{ coding: [{ code: 'encounter-diagnosis' }] }],
    code: icd('M54.5'), encounter: { reference: 'Encounter/e' } }], ['Condition/c wrong Condition.code']],
  'of a problem list, by when it was recorded': [[{ resourceType: 'Condition', id: 'c', code: icd('M54.5'), recordedDate: '2022-01-01' }], ['Condition/c wrong Condition.code']],
  'of a problem list, recorded in time': [[{ resourceType: 'Condition', id: 'c', code: icd('M54.5'), recordedDate: '2021-09-30' }], []],
  'a claim that names it says no more': [[stay('AMB', { period: { start: '2022-01-01', end: '2022-01-01' } }), { resourceType: 'Condition', id: 'c', code: icd('M54.5'), encounter: { reference: 'Encounter/e' } },
    claim([], { billablePeriod: { start: '2022-01-01' }, diagnosis: [{ sequence: 1, diagnosisReference: { reference: 'Condition/c' } }] })], ['Condition/c wrong Condition.code']],
  'a claim of another day': [[{ resourceType: 'Condition', id: 'c', code: icd('M54.5'), recordedDate: '2021-09-30' }, claim([], { billablePeriod: { start: '2022-01-01' }, diagnosis: [{ sequence: 1, diagnosisReference: { reference: 'Condition/c' } }] })], wrong],
  'the discharge decides': [on('M54.50', '2021-09-29', '2021-10-02', 'IMP'), []],
  'and may decide against it': [on('M54.5', '2021-09-29', '2021-10-02', 'IMP'), wrong],
  'on the last day': [on('M54.5', '2021-09-30', '2021-09-30'), []],
  'on the first day': [on('U07.1', '2020-04-01', '2020-04-01'), []],
  'a code nobody dated': [on('J18.9', '1999-01-01', '1999-01-01'), []],
  'of a stay, the discharge decides': [[stay('IMP', { period: { start: '2021-09-29', end: '2021-10-02' } }), { resourceType: 'Condition', id: 'c', code: icd('M54.5'), encounter: { reference: 'Encounter/e' } }], ['Condition/c wrong Condition.code']],
  'of a visit, the day it began decides': [[stay('AMB', { period: { start: '2021-09-29', end: '2021-10-02' } }), { resourceType: 'Condition', id: 'c', code: icd('M54.5'), encounter: { reference: 'Encounter/e' } }], []],
});
