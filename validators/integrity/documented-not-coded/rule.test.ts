import { claim, drug, icd, result, stay, written } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { documentedNotCoded } from './rule.ts';

const pneumonia = [stay(), claim([icd('J18.9')])];
const note = written('Assessment: pneumonia. Also acute on chronic heart failure, furosemide given.');
const wrong = ['Claim/k wrong Claim.diagnosis'];

patientCases(documentedNotCoded, {
  'treated with a drug': [[...pneumonia, note, drug('Furosemide 40 MG')], wrong],
  'measured, where no drug goes with it': [[...pneumonia, written('Assessment: pneumonia, hyponatremia.'), result('2951-2', 128, 'mmol/L')], wrong],
  'told once though two notes say it': [[...pneumonia, note, { ...note, id: 'd2' }, drug('Furosemide 40 MG')], wrong],
  'reported': [[stay(), claim([icd('J18.9'), icd('I50.23')]), note, drug('Furosemide 40 MG')], []],
  'reported as an encounter diagnosis': [[...pneumonia, note, drug('Furosemide 40 MG'), { resourceType: 'Condition', id: 'c', category: [{ coding: [{ code: 'encounter-diagnosis' }] }],
    code: icd('I50.9'), encounter: { reference: 'Encounter/e' } }], []],
  'not treated': [[...pneumonia, note], []],
  'treated elsewhere': [[...pneumonia, note, drug('Furosemide 40 MG', { encounter: { reference: 'Encounter/f' } })], []],
  'in the history alone': [[...pneumonia, written('PMH:\nHeart failure\nAssessment: pneumonia'), drug('Furosemide 40 MG')], []],
  'suspected alone': [[...pneumonia, written('Assessment: pneumonia. Possible heart failure.'), drug('Furosemide 40 MG')], []],
  'an encounter that is not coded yet': [[stay(), note, drug('Furosemide 40 MG')], []],
  'measured, where a drug would go with it': [[...pneumonia, written('Assessment: pneumonia, diabetes.'), result('4548-4', 8.1, '%')], []],
  'reported as another kind of it': [[stay(), claim([icd('J18.9'), icd('E10.9')]), written('Assessment: diabetes, on insulin.'), drug('Insulin glargine')], []],
  'reported within another disease': [[stay(), claim([icd('J18.9'), icd('I13.0')]), note, drug('Furosemide 40 MG')], []],
});
