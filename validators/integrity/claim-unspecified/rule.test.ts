import { claim, icd, stay, written } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { claimUnspecified } from './rule.ts';

const heart = [stay(), claim([icd('I50.9')])];
const wrong = ['Claim/k wrong Claim.diagnosis[0]'];

patientCases(claimUnspecified, {
  'systolic': [[...heart, written('Acute on chronic systolic heart failure.')], wrong],
  'by its abbreviation': [[...heart, written('HFrEF, on carvedilol.')], wrong],
  'a stage': [[stay(), claim([icd('N189')]), written('CKD stage 3b.')], wrong],
  'a side': [[stay('AMB'), claim([icd('M17.9')]), written('Osteoarthritis of the right knee.')], wrong],
  'no more was said': [[...heart, written('Heart failure, stable.')], []],
  'only suspected': [[...heart, written('Possible systolic heart failure.')], []],
  'denied': [[...heart, written('Heart failure, no systolic heart failure.')], []],
  'the specific code is reported too': [[stay(), claim([icd('I50.9'), icd('I50.23')]), written('Systolic heart failure.')], []],
  'a specific code': [[stay(), claim([icd('I50.23')]), written('Systolic heart failure.')], []],
  'in another encounter': [[...heart, written('Systolic heart failure.', { context: { encounter: [{ reference: 'Encounter/f' }] } })], []],
  'the letters of another system': [[stay(), claim([{ coding: [{ system: 'urn:local', code: 'I50.9' }] }]), written('Acute on chronic systolic heart failure.')], []],
  'beside it a code of another family': [[stay(), claim([icd('I50.9'), icd('E11.65')]), written('HFrEF, on carvedilol.')], wrong],
  'beside it a code of the family that says no more': [[stay(), claim([icd('I50.9'), icd('I50')]), written('HFrEF, on carvedilol.')], wrong],
  'a stage of another disease': [[stay(), claim([icd('N18.9')]), written('Pressure ulcer, stage 2. Chronic kidney disease.')], []],
  'the stage in the same sentence': [[stay(), claim([icd('N18.9')]), written('Chronic kidney disease, now stage IIIb.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'said more, and ruled out': [[stay(), claim([icd('I50.9')]), written('Diastolic heart failure was ruled out.')], []],
  'said more of the past': [[stay(), claim([icd('I50.9')]), written('PMH:\nChronic systolic heart failure')], ['Claim/k wrong Claim.diagnosis[0]']],
  'an exacerbation': [[stay(), claim([icd('J44.9')]), written('Assessment: COPD with acute exacerbation.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'a like code of another system': [[stay(), claim([{ coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: 'I50.9' }] }]), written('Acute systolic heart failure.')], []],
});
