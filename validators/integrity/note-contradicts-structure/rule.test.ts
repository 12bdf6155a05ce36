import { claim, icd, stay, written } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { noteContradictsStructure } from './rule.ts';

const diabetes = (more: object = {}) => ({ resourceType: 'Condition', id: 'c', code: icd('E11.9'), encounter: { reference: 'Encounter/e' }, ...more });
const allergy = (recordedDate: string, more: object = {}) => ({ resourceType: 'AllergyIntolerance', id: 'a', code: { text: 'Penicillin' }, recordedDate, ...more });
const smoking = (code: string, encounter = 'e') => ({ resourceType: 'Observation', id: 'o', code: { coding: [{ code: '72166-2' }] }, encounter: { reference: `Encounter/${encounter}` },
  valueCodeableConcept: { coding: [{ code }] } });
const wrong = ['DocumentReference/d wrong DocumentReference.content'];

patientCases(noteContradictsStructure, {
  'a diagnosis': [[stay(), diabetes(), written('Denies diabetes.')], wrong],
  'no known allergies': [[stay(), allergy('2020-01-01'), written('Allergies: NKDA')], wrong],
  'never smoked': [[stay(), smoking('449868002'), written('Social history: never smoker.')], wrong],
  'a diagnosis of another encounter': [[stay(), diabetes({ encounter: { reference: 'Encounter/f' } }), written('Denies diabetes.')], []],
  'a refuted diagnosis': [[stay(), diabetes({ verificationStatus: { coding: [{ code: 'refuted' }] } }), written('Denies diabetes.')], []],
  'denied once, stated once': [[stay(), diabetes(), written('No family history of diabetes. Diabetes on metformin.')], []],
  'denied for the family': [[stay(), diabetes(), written('Mother without diabetes.')], []],
  'an allergy found later': [[stay(), allergy('2026-04-01'), written('Allergies: NKDA')], []],
  'a resolved allergy': [[stay(), allergy('2020-01-01', { clinicalStatus: { coding: [{ code: 'resolved' }] } }), written('Allergies: NKDA')], []],
  'never smoked, and coded so': [[stay(), smoking('266919005'), written('Never smoker.')], []],
  'smoking at another visit': [[stay(), smoking('449868002', 'f'), written('Never smoker.')], []],
  'stated': [[stay(), diabetes(), written('Diabetes, on insulin.')], []],
  'denied, and uncertain besides': [[stay(), diabetes(), written('No diabetes. Possible diabetes.')], []],
  'denied, and of the history besides': [[stay(), diabetes(), written('No diabetes. History of diabetes.')], []],
  'denied, and resolved besides': [[stay(), diabetes(), written('No diabetes. Diabetes, resolved.')], []],
  'no allergies, and one that is refuted': [[stay(), allergy('2020-01-01', { verificationStatus: { coding: [{ code: 'refuted' }] } }), written('NKDA')], []],
  'no allergies, twice': [[stay(), allergy('2020-01-01', { code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] } }), written('NKDA')], []],
  'no drug allergies, and a food': [[stay(), allergy('2020-01-01', { code: { text: 'Peanut' }, category: ['food'] }), written('NKDA')], []],
  'no allergies, and a food': [[stay(), allergy('2020-01-01', { code: { text: 'Peanut' }, category: ['food'] }), written('Allergies: none')], wrong],
  'does not smoke, and does': [[stay(), smoking('449868002'), written('Patient does not smoke.')], wrong],
  'does not smoke, and did': [[stay(), smoking('8517006'), written('Patient does not smoke.')], []],
  'never smoked, and depends on nicotine': [[stay(), { resourceType: 'Condition', id: 'c', code: icd('F17.210'), encounter: { reference: 'Encounter/e' } }, written('Never smoked.')], wrong],
  'a diagnosis that the encounter names': [[stay('IMP', { diagnosis: [{ condition: { reference: 'Condition/c' } }] }), diabetes({ encounter: undefined }), written('Denies diabetes.')], wrong],
  'a code of the bill': [[stay(), claim([icd('E11.9')]), written('Denies diabetes.')], wrong],
  'a code of the bill that another note states': [[stay(), claim([icd('E11.9')]), written('Denies diabetes.'), written('Diabetes, on insulin.', { id: 'd2' })], []],
  'one of two diagnoses that the encounter names': [[stay('IMP', { diagnosis: [{ condition: { reference: 'Condition/x' } }, { condition: { reference: 'Condition/c' } }] }), diabetes({ encounter: undefined }), written('Denies diabetes.')], wrong],
  'a code of the bill that a note of another stay states': [[stay(), claim([icd('E11.9')]), written('Denies diabetes.'), written('Diabetes, on insulin.', { id: 'd2', context: { encounter: [{ reference: 'Encounter/f' }] } })], wrong],
  'a code of the bill, denied beside another disease': [[stay(), claim([icd('E11.9')]), written('Denies diabetes. Hypertension.')], wrong],
});
