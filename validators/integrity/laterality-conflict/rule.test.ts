import { icd } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { lateralityConflict } from './rule.ts';

const order = (text: string) => ({ resourceType: 'ServiceRequest', id: 's', status: 'active', code: { text } });
const done = (text: string, more: object = {}) => ({ resourceType: 'Procedure', id: 'r', status: 'completed', code: { text }, basedOn: [{ reference: 'ServiceRequest/s' }], ...more });
const left = { coding: [{ system: 'http://snomed.info/sct', code: '7771000' }] };
const wrong = ['Procedure/r wrong Procedure.code'];

patientCases(lateralityConflict, {
  'ordered right, done left': [[order('MRI of right knee'), done('MRI of left knee')], wrong],
  'reported on the other side': [[order('X-ray of right hip'), { resourceType: 'DiagnosticReport', id: 'd', code: { text: 'X-ray hip' }, conclusion: 'Fracture of the left hip.', basedOn: [{ reference: 'ServiceRequest/s' }] }],
    ['DiagnosticReport/d wrong DiagnosticReport.conclusion']],
  'site and code in one procedure': [[done('Arthroscopy of right knee', { bodySite: [left] })], ['Procedure/r wrong Procedure.bodySite[0]']],
  'done for a disease of the other side': [[{ resourceType: 'Condition', id: 'c', code: icd('M17.11') }, done('Left knee arthroscopy', { basedOn: undefined, reasonReference: [{ reference: 'Condition/c' }] })], wrong],
  'a fracture’s code': [[{ resourceType: 'Condition', id: 'c', code: icd('S72.012A') }, done('Fixation of right hip', { basedOn: undefined, reasonReference: [{ reference: 'Condition/c' }] })], wrong],
  'the same side': [[order('MRI of left knee'), done('MRI of left knee')], []],
  'both sides include each': [[order('Bilateral knee x-ray'), done('X-ray of left knee')], []],
  'one says none': [[order('MRI of knee'), done('MRI of left knee')], []],
  'not linked': [[order('MRI of right knee'), done('MRI of left knee', { basedOn: undefined })], []],
  'not done': [[order('MRI of right knee'), done('MRI of left knee', { status: 'not-done' })], []],
});
