import { claim, icd, pcs, stay } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { claimProcedureOutsideStay } from './rule.ts';

const billed = (line: object = { procedureCodeableConcept: pcs('0DTJ4ZZ') }) => claim([icd('K35.80')], { procedure: [{ sequence: 1, ...line }] });
const done = (performedDateTime: string, code: object = pcs('0DTJ4ZZ'), more: object = {}) => ({ resourceType: 'Procedure', id: 'r', status: 'completed', code, performedDateTime, ...more });
const snomed = { coding: [{ system: 'http://snomed.info/sct', code: '80146002' }] };
const wrong = ['Claim/k wrong Claim.procedure[0]'];

patientCases(claimProcedureOutsideStay, {
  'never done': [[stay(), billed()], wrong],
  'done a month before': [[stay(), billed(), done('2026-02-01')], wrong],
  'done after the stay': [[stay(), billed(), done('2026-03-20')], wrong],
  'dated outside': [[stay(), billed({ procedureCodeableConcept: pcs('0DTJ4ZZ'), date: '2026-01-02' }), done('2026-03-02')], wrong],
  'another operation': [[stay(), billed(), done('2026-03-02', pcs('0FT44ZZ'))], wrong],
  'not done after all': [[stay(), billed(), done('2026-03-02', pcs('0DTJ4ZZ'), { status: 'not-done' })], wrong],
  'done in the stay': [[stay(), billed(), done('2026-03-02')], []],
  'coded in SNOMED CT where it was done': [[stay(), billed(), done('2026-03-02', snomed)], []],
  'two days before admission': [[stay(), billed(), done('2026-02-27')], []],
  'outpatient': [[stay('AMB'), billed()], []],
  'the stay’s times are unknown': [[stay('IMP', { period: undefined }), { ...billed(), billablePeriod: undefined }], ['Claim/k unevaluated Claim.procedure[0]']],
  'only its end is unknown': [[stay('IMP', { period: { start: '2026-03-01T10:00:00Z' } }), { ...billed(), billablePeriod: undefined }], ['Claim/k unevaluated Claim.procedure[0]']],
  'dated in its first days': [[stay(), billed({ procedureCodeableConcept: pcs('0DTJ4ZZ'), date: '2026-03-02' }), done('2026-03-02')], []],
  'dated two days before it': [[stay(), billed({ procedureCodeableConcept: pcs('0DTJ4ZZ'), date: '2026-02-27' }), done('2026-02-27')], []],
  'dated a week after it, and done in it': [[stay(), billed({ procedureCodeableConcept: pcs('0DTJ4ZZ'), date: '2026-03-12' }), done('2026-03-02')], wrong],
  'the procedure it names': [[stay(), billed({ procedureCodeableConcept: pcs('0DTJ4ZZ'), procedureReference: { reference: 'Procedure/r' } }), done('2026-03-02', { text: 'as billed' })], []],
  'the procedure it names was done in spring': [[stay(), billed({ procedureCodeableConcept: pcs('0DTJ4ZZ'), procedureReference: { reference: 'Procedure/r' } }), done('2026-05-02'), done('2026-03-02', pcs('0DTJ4ZZ'), { id: 's' })], wrong],
  'of two codes one is it': [[stay(), billed({ procedureCodeableConcept: pcs('B020ZZZ') }), done('2026-03-02', { coding: [...pcs('B020ZZZ').coding, { system: 'urn:local', code: 'MRI' }] })], []],
  'the letters of another system’s code': [[stay(), billed({ procedureCodeableConcept: pcs('B020ZZZ') }), done('2026-03-02', { coding: [{ system: 'urn:local', code: 'B020ZZZ' }] })], wrong],
  'on the day of its end': [[stay(), billed(), done('2026-03-05T09:00:00Z')], []],
});
