import { patientCases } from '../../../test/support/rule-cases.ts';
import { duplicateEncounterDisagrees } from './rule.ts';

const visit = (id: string, more: object = {}) => ({ resourceType: 'Encounter', id, identifier: [{ system: 'urn:visits', value: '7' }], class: { code: 'IMP' },
  period: { start: '2020-03-01T10:00:00Z', end: '2020-03-05T10:00:00Z' }, ...more });

patientCases(duplicateEncounterDisagrees, {
  'another end': [[visit('a'), visit('b', { period: { start: '2020-03-01T10:00:00Z', end: '2020-03-07T10:00:00Z' } })], ['Encounter/b wrong Encounter.period']],
  'another class': [[visit('a'), visit('b', { class: { code: 'AMB' } })], ['Encounter/b wrong Encounter.class']],
  'another diagnosis': [[visit('a', { diagnosis: [{ condition: { reference: 'Condition/x' } }] }), visit('b', { diagnosis: [{ condition: { reference: 'Condition/y' } }] })],
    ['Encounter/b wrong Encounter.diagnosis']],
  'the same': [[visit('a'), visit('b')], []],
  'in another zone': [[visit('a'), visit('b', { period: { start: '2020-03-01T05:00:00-05:00', end: '2020-03-05T10:00:00Z' } })], []],
  'diagnoses known to one alone': [[visit('a'), visit('b', { diagnosis: [{ condition: { reference: 'Condition/y' } }] })], []],
  'another visit': [[visit('a'), visit('b', { identifier: [{ system: 'urn:visits', value: '8' }], class: { code: 'AMB' } })], []],
  'a part of it': [[visit('a'), visit('b', { partOf: { reference: 'Encounter/a' }, class: { code: 'EMER' } })], []],
});
