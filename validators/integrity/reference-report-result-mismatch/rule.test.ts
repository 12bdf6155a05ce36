import { patientCases } from '../../../test/support/rule-cases.ts';
import { referenceReportResultMismatch } from './rule.ts';

const report = (...results: string[]) => ({ resourceType: 'DiagnosticReport', id: 'd', subject: { reference: 'Patient/p' }, issued: '2020-01-02T00:00:00Z', result: results.map((id) => ({ reference: `Observation/${id}` })) });
const result = (id: string, patient: string, effectiveDateTime = '2020-01-01') => ({ resourceType: 'Observation', id, subject: { reference: `Patient/${patient}` }, effectiveDateTime });

patientCases(referenceReportResultMismatch, {
  'another’s result': [[report('a'), result('a', 'q')], ['DiagnosticReport/d wrong DiagnosticReport.result[0]'], { referenced: ['Observation/a'] }],
  'one of two, later in the view': [[report('a', 'b'), result('a', 'p'), result('b', 'q', '2021-01-01')], ['DiagnosticReport/d wrong DiagnosticReport.result[1]'], { referenced: ['Observation/b'] }],
  'their own': [[report('a', 'b'), result('a', 'p'), result('b', 'p')], []],
  'a result that is not there': [[report('a')], []],
  'a group’s result': [[report('a'), { ...result('a', 'p'), subject: { reference: 'Group/g' } }], []],
  'their own, beside another’s that no report names': [[report('a'), result('a', 'p'), result('b', 'q')], [], { referenced: ['Observation/b'] }],
  'all of one subject, as of a patient who is not theirs': [[{ ...report('a'), subject: { reference: 'Patient/q' } }, result('a', 'q')], []],
  'a result under a record that is linked': [[report('a'), result('a', 'q'), { resourceType: 'Patient', id: 'p', link: [{ other: { reference: 'Patient/q' }, type: 'replaces' }] }], [], { referenced: ['Observation/a'] }],
  'a result under a record that links to this one': [[report('a'), result('a', 'q'), { resourceType: 'Patient', id: 'q', link: [{ other: { reference: 'Patient/p' }, type: 'replaced-by' }] }], [], { referenced: ['Observation/a', 'Patient/q'] }],
  'linked with a third': [[report('a'), result('a', 'q'), { resourceType: 'Patient', id: 'p', link: [{ other: { reference: 'Patient/r' }, type: 'seealso' }] }], ['DiagnosticReport/d wrong DiagnosticReport.result[0]'], { referenced: ['Observation/a'] }],
});
