import { expect, test } from 'vitest';
import { clinicalLines, marks } from './clinical-lines.ts';

const observation = {
  resourceType: 'Observation', id: 'x', meta: { lastUpdated: 'now' }, status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure panel' }], text: 'Blood pressure' },
  subject: { reference: 'Patient/p' },
  component: [{ code: { text: 'Systolic' }, valueQuantity: { value: 70, unit: 'mmHg' } }, { code: { text: 'Diastolic' }, valueQuantity: { value: 120, unit: 'mmHg' } }],
};

test('a record in lines, each with its place', () => {
  expect(clinicalLines(observation)).toEqual([
    { path: 'Observation.status', label: 'Status', text: 'final' },
    { path: 'Observation.code', label: 'Code', text: 'Blood pressure (85354-9)' },
    { path: 'Observation.subject', label: 'Subject', text: 'Patient/p' },
    { path: 'Observation.component[0].code', label: 'Component: Code', text: 'Systolic' },
    { path: 'Observation.component[0].value', label: 'Component: Value quantity', text: '70 mmHg' },
    { path: 'Observation.component[1].code', label: 'Component: Code', text: 'Diastolic' },
    { path: 'Observation.component[1].value', label: 'Component: Value quantity', text: '120 mmHg' },
  ]);
});

test.for([
  [['Observation.component[1].value'], 'Observation.component[1].value', true], [['Observation.component[1].value'], 'Observation.component[0].value', false],
  [['Observation.component[0].value'], 'Observation.component[0].code', false], [['Observation.code.coding[0].code'], 'Observation.code', true],
  [['Patient.name[0].family'], 'Patient.name[0]', true], [['Observation'], 'Observation.status', false], [[], 'Observation.status', false],
] as const)('%s marks %s: %s', ([expressions, path, wanted]) => expect(marks(expressions, path)).toBe(wanted));

test('a note is read, not shown as base64; what is no resource has no lines', () => {
  expect(clinicalLines({ resourceType: 'DocumentReference', content: [{ attachment: { contentType: 'text/plain', data: btoa('Hello') } }] }).at(-1)?.text).toBe('Hello');
  expect(clinicalLines('text')).toEqual([]);
});
