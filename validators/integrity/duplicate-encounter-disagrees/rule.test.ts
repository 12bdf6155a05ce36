import { patientCases } from '../../../test/support/rule-cases.ts';
import { duplicateEncounterDisagrees } from './rule.ts';

const visit = (id: string, more: object = {}) => ({ resourceType: 'Encounter', id, identifier: [{ system: 'urn:visits', value: '7' }], class: { code: 'IMP' },
  period: { start: '2020-03-01T10:00:00Z', end: '2020-03-05T10:00:00Z' }, ...more });
const unnumbered = { identifier: undefined, type: [{ coding: [{ code: 't' }] }] };

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
  'without numbers, the same second of the same kind': [[visit('a', unnumbered), visit('b', { ...unnumbered, class: { code: 'AMB' } })], ['Encounter/b wrong Encounter.class']],
  'without numbers, the same second of another kind': [[visit('a', unnumbered), visit('b', { ...unnumbered, type: [{ coding: [{ code: 'u' }] }], class: { code: 'AMB' } })], []],
  'without numbers or kinds': [[visit('a', { identifier: undefined }), visit('b', { identifier: undefined, class: { code: 'AMB' } })], []],
  'without numbers or times': [[visit('a', { ...unnumbered, period: undefined }), visit('b', { ...unnumbered, period: undefined, class: { code: 'AMB' } })], []],
  'without numbers, on one day': [[visit('a', { ...unnumbered, period: { start: '2020-03-01' } }), visit('b', { ...unnumbered, period: { start: '2020-03-01' }, class: { code: 'AMB' } })], []],
  'without numbers, the same second of some zone': [[visit('a', { ...unnumbered, period: { start: '2020-03-01T10:00:00' } }), visit('b', { ...unnumbered, period: { start: '2020-03-01T10:00:00' }, class: { code: 'AMB' } })], []],
  'its own record of the same diagnosis': [[visit('a', { diagnosis: [{ condition: { reference: 'Condition/x' }, rank: 1 }] }), visit('b', { diagnosis: [{ condition: { reference: 'Condition/y' }, rank: 1 }] }), ...['x', 'y'].map((id) => ({ resourceType: 'Condition', id, code: { coding: [{ system: 'urn:icd', code: 'I10' }] } }))], []],
  'its own record of another diagnosis': [[visit('a', { diagnosis: [{ condition: { reference: 'Condition/x' }, rank: 1 }] }), visit('b', { diagnosis: [{ condition: { reference: 'Condition/y' }, rank: 1 }] }), ...['x', 'y'].map((id) => ({ resourceType: 'Condition', id, code: { coding: [{ system: 'urn:icd', code: id }] } }))], ['Encounter/b wrong Encounter.diagnosis']],
  'the third disagrees with the first': [[visit('a'), visit('b'), visit('c', { class: { code: 'AMB' } })], ['Encounter/c wrong Encounter.class']],
});
