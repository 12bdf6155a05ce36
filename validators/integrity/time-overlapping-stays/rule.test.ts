import { patientCases } from '../../../test/support/rule-cases.ts';
import { timeOverlappingStays } from './rule.ts';

const stay = (id: string, start: string, end: string, more: object = {}) => ({ resourceType: 'Encounter', id, status: 'finished', class: { code: 'IMP' }, period: { start: `2020-03-${start}T10:00:00Z`, end: `2020-03-${end}T10:00:00Z` }, ...more });
const first = stay('a', '01', '10');
const wrong = ['Encounter/b wrong Encounter.period'];

patientCases(timeOverlappingStays, {
  'one inside the other': [[first, stay('b', '03', '06')], wrong],
  'two that overlap by days': [[first, stay('b', '07', '15')], wrong],
  'one stay in two records': [[{ ...first, identifier: [{ system: 'urn:v', value: '7' }] }, stay('b', '03', '06', { identifier: [{ system: 'urn:v', value: '7' }] })], []],
  'two stays, each with its number': [[{ ...first, identifier: [{ system: 'urn:v', value: '7' }] }, stay('b', '03', '06', { identifier: [{ system: 'urn:v', value: '8' }] })], wrong],
  'one after the other': [[first, stay('b', '11', '15')], []],
  'handed over within a day': [[first, stay('b', '10', '15')], []],
  'a night inside': [[first, stay('b', '03', '03', { period: { start: '2020-03-03T10:00:00Z', end: '2020-03-03T20:00:00Z' } })], []],
  'part of the other': [[first, stay('b', '03', '06', { partOf: { reference: 'Encounter/a' } })], []],
  'parts of one': [[stay('a', '01', '10', { partOf: { reference: 'Encounter/z' } }), stay('b', '03', '06', { partOf: { reference: 'Encounter/z' } })], []],
  'on leave from the other': [[stay('a', '01', '10', { statusHistory: [{ status: 'onleave' }] }), stay('b', '03', '06')], []],
  'transferred': [[first, stay('b', '03', '06', { hospitalization: { admitSource: { coding: [{ code: 'hosp-trans' }] } } })], []],
  'a visit': [[first, stay('b', '03', '06', { class: { code: 'AMB' } })], []],
  'cancelled': [[first, stay('b', '03', '06', { status: 'cancelled' })], []],
  'never closed': [[{ ...first, period: { start: '2020-03-01' } }, stay('b', '03', '06')], []],
  'without a start': [[{ ...first, period: { end: '2020-03-10T10:00:00Z' } }, stay('b', '03', '06')], []],
  'where the first was released to be moved': [[stay('a', '01', '10', { hospitalization: { dischargeDisposition: { coding: [{ code: 'other' }, { code: 'rehab' }] } } }), stay('b', '03', '06')], []],
  'on leave among other things': [[stay('a', '01', '10', { statusHistory: [{ status: 'in-progress' }, { status: 'onleave' }] }), stay('b', '03', '06')], []],
  'one that goes on, and one in it': [[{ ...first, status: 'in-progress', period: { start: '2020-03-01T10:00:00Z' } }, stay('b', '03', '06')], wrong],
  'one without an end that is finished': [[{ ...first, period: { start: '2020-03-01T10:00:00Z' } }, stay('b', '03', '06')], []],
});
