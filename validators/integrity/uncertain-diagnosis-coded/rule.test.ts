import { expect, test } from 'vitest';
import { claim, icd, pcs, stay, written } from '../../../test/support/coded-stay.ts';
import { patientCases, toldOf } from '../../../test/support/rule-cases.ts';
import { uncertainDiagnosisCoded } from './rule.ts';

const coded = claim([icd('J18.9')]);
const wrong = ['Claim/k wrong Claim.diagnosis[0]'];
const discharge = { type: { coding: [{ system: 'http://loinc.org', code: '18842-5' }] } };

patientCases(uncertainDiagnosisCoded, {
  'outpatient, probable': [[stay('AMB'), coded, written('Probable pneumonia.')], wrong],
  'outpatient, suspected': [[stay('EMER'), coded, written('Suspected pneumonia, x-ray ordered.')], wrong],
  'outpatient, to be ruled out': [[stay('AMB'), coded, written('R/o pneumonia')], wrong],
  'outpatient, even in a discharge note': [[stay('AMB'), coded, written('Probable pneumonia.', discharge)], wrong],
  'inpatient, on admission alone': [[stay(), coded, written('Probable pneumonia.')], wrong],
  'inpatient, still at discharge': [[stay(), coded, written('Probable pneumonia.', discharge)], []],
  'established in another note': [[stay('AMB'), coded, written('Probable pneumonia.'), written('Pneumonia confirmed on x-ray.', { id: 'd2' })], []],
  'established': [[stay('AMB'), coded, written('Pneumonia.')], []],
  'another diagnosis is uncertain': [[stay('AMB'), coded, written('Pneumonia. Possible asthma.')], []],
  'suspected in one note, stated in another': [[stay('AMB'), coded, written('Assessment: suspected pneumonia.'), written('Assessment: pneumonia.', { id: 'd2' })], []],
  'inpatient, on admission and at discharge': [[stay(), coded, written('Probable pneumonia.', discharge), written('Probable pneumonia.', { id: 'd2' })], []],
  'nobody wrote of it': [[stay('AMB'), coded], []],
  'a procedure that is uncertain': [[stay('AMB'), claim([], { procedure: [{ sequence: 1, procedureCodeableConcept: pcs('0DTJ4ZZ') }] }), written('Possible appendectomy.')], []],
  'Suspicious for pneumonia': [[stay('AMB'), claim([icd('J18.9')]), written('Suspicious for pneumonia.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'Pneumonia not yet ruled out': [[stay('AMB'), claim([icd('J18.9')]), written('Pneumonia not yet ruled out.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'Pneumonia is in the differential': [[stay('AMB'), claim([icd('J18.9')]), written('Pneumonia is in the differential.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'Presumptive pneumonia': [[stay('AMB'), claim([icd('J18.9')]), written('Presumptive pneumonia.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'Suggestive of pneumonia': [[stay('AMB'), claim([icd('J18.9')]), written('Suggestive of pneumonia.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'Still to be ruled out: pneumonia': [[stay('AMB'), claim([icd('J18.9')]), written('Still to be ruled out: pneumonia.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'Pneumonia remains a possibility': [[stay('AMB'), claim([icd('J18.9')]), written('Pneumonia remains a possibility.')], ['Claim/k wrong Claim.diagnosis[0]']],
});

test('it says which guideline: of a stay or of a visit', () => {
  const heard = (actClass: string) => toldOf(uncertainDiagnosisCoded, [stay(actClass), coded, written('Probable pneumonia.')])[0] ?? '';
  expect(heard('IMP')).toMatch(/, inpatient$/);
  expect(heard('AMB')).toMatch(/, outpatient$/);
  expect([/and none says so/.test(heard('IMP')), /an outpatient encounter/.test(heard('AMB'))]).toEqual([true, true]);
});
