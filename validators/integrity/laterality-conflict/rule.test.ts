import { claim, icd, pcs, stay, written } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { lateralityConflict } from './rule.ts';

const order = (text: string) => ({ resourceType: 'ServiceRequest', id: 's', status: 'active', code: { text } });
const done = (text: string, more: object = {}) => ({ resourceType: 'Procedure', id: 'r', status: 'completed', code: { text }, basedOn: [{ reference: 'ServiceRequest/s' }], ...more });
const left = { coding: [{ system: 'http://snomed.info/sct', code: '7771000' }] };
const wrong = ['Procedure/r wrong Procedure.code.text'];

patientCases(lateralityConflict, {
  'ordered right, done left': [[order('MRI of right knee'), done('MRI of left knee')], wrong],
  'reported on the other side': [[order('X-ray of right hip'), { resourceType: 'DiagnosticReport', id: 'd', code: { text: 'X-ray hip' }, conclusion: 'Fracture of the left hip.', basedOn: [{ reference: 'ServiceRequest/s' }] }],
    ['DiagnosticReport/d wrong DiagnosticReport.conclusion']],
  'site and code in one procedure': [[done('Arthroscopy of right knee', { bodySite: [left] })], ['Procedure/r wrong Procedure.bodySite[0].coding[0].code']],
  'done for a disease of the other side': [[{ resourceType: 'Condition', id: 'c', code: icd('M17.11') }, done('Left knee arthroscopy', { basedOn: undefined, reasonReference: [{ reference: 'Condition/c' }] })], wrong],
  'a fracture’s code': [[{ resourceType: 'Condition', id: 'c', code: icd('S72.012A') }, done('Fixation of right hip', { basedOn: undefined, reasonReference: [{ reference: 'Condition/c' }] })], wrong],
  'the code says left, its display right': [[{ resourceType: 'Condition', id: 'c', code: icd('M17.12', 'Unilateral primary osteoarthritis, right knee') }], ['Condition/c wrong Condition.code.coding[0].display']],
  'billed on the other side': [[stay(), { resourceType: 'Condition', id: 'c', code: icd('M17.11'), encounter: { reference: 'Encounter/e' } }, claim([icd('M17.12')])], ['Claim/k wrong Claim.diagnosis[0].diagnosisCodeableConcept.coding[0]']],
  'operated on the other side than billed': [[stay(), { resourceType: 'Procedure', id: 'r', status: 'completed', code: pcs('0SRC0J9'), encounter: { reference: 'Encounter/e' } }, claim([], { procedure: [{ sequence: 1, procedureCodeableConcept: pcs('0SRD0J9') }] })],
    ['Claim/k wrong Claim.procedure[0].procedureCodeableConcept.coding[0]']],
  'billed on both sides, one of them charted': [[stay(), { resourceType: 'Condition', id: 'c', code: icd('M17.11'), encounter: { reference: 'Encounter/e' } }, { resourceType: 'Condition', id: 'l', code: icd('M17.12'), encounter: { reference: 'Encounter/e' } }, claim([icd('M17.12')])], []],
  'the other side in another encounter': [[stay(), { resourceType: 'Condition', id: 'c', code: icd('M17.11'), encounter: { reference: 'Encounter/f' } }, claim([icd('M17.12')])], []],
  'the note has the other side': [[stay(), { resourceType: 'Procedure', id: 'r', status: 'completed', code: pcs('0SRC0J9'), encounter: { reference: 'Encounter/e' } }, written('Procedures:\nLeft total knee replacement.')], ['DocumentReference/d wrong DocumentReference.content']],
  'the note has both sides': [[stay(), { resourceType: 'Procedure', id: 'r', status: 'completed', code: pcs('0SRC0J9'), encounter: { reference: 'Encounter/e' } }, written('Right total knee replacement. Left knee replacement was done in the same session.')], []],
  'the note has the other side of another encounter': [[stay(), { resourceType: 'Procedure', id: 'r', status: 'completed', code: pcs('0SRC0J9'), encounter: { reference: 'Encounter/f' } }, written('Left total knee replacement.')], []],
  'the note speaks of the past': [[stay(), { resourceType: 'Procedure', id: 'r', status: 'completed', code: pcs('0SRC0J9'), encounter: { reference: 'Encounter/e' } }, written('Status post left total knee replacement.')], []],
  'the same side': [[order('MRI of left knee'), done('MRI of left knee')], []],
  'both sides include each': [[order('Bilateral knee x-ray'), done('X-ray of left knee')], []],
  'one says none': [[order('MRI of knee'), done('MRI of left knee')], []],
  'not linked': [[order('MRI of right knee'), done('MRI of left knee', { basedOn: undefined })], []],
  'not done': [[order('MRI of right knee'), done('MRI of left knee', { status: 'not-done' })], []],
  'billed twice by another system’s codes': [[stay(), claim([], { diagnosis: ['left', 'right'].map((side, index) => ({ sequence: index + 1, diagnosisCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: `12345${index}`, display: `Fracture of ${side} hip` }] } })) }),
    { resourceType: 'Condition', id: 'c', code: { coding: [{ system: 'http://snomed.info/sct', code: '123456', display: 'Fracture of left hip' }] }, encounter: { reference: 'Encounter/e' } }], []],
  'the note has the disease on the other side': [[stay(), { resourceType: 'Condition', id: 'c', code: icd('M17.11'), encounter: { reference: 'Encounter/e' } }, written('Assessment: left knee osteoarthritis.')], ['DocumentReference/d wrong DocumentReference.content']],
  'the note has the disease on its side': [[stay(), { resourceType: 'Condition', id: 'c', code: icd('M17.11'), encounter: { reference: 'Encounter/e' } }, written('Assessment: right knee osteoarthritis.')], []],
});
