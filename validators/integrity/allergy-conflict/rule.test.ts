import { expect, test } from 'vitest';
import { patientCases, toldOf } from '../../../test/support/rule-cases.ts';
import { allergyConflict } from './rule.ts';

const allergy = (text: string, more: object = {}, id = 'a') => ({ resourceType: 'AllergyIntolerance', id, code: { text }, clinicalStatus: { coding: [{ code: 'active' }] }, ...more });
const none = { resourceType: 'AllergyIntolerance', id: 'n', code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] } };
const order = (text: string, more: object = {}) => ({ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order', medicationCodeableConcept: { text }, ...more });
const wrong = ['MedicationRequest/m wrong MedicationRequest.medication'];
const resolved = { clinicalStatus: { coding: [{ code: 'resolved' }] } };

patientCases(allergyConflict, {
  'none known, and one': [[none, allergy('Peanut')], ['AllergyIntolerance/n wrong AllergyIntolerance.code']],
  'no known drug allergies, and a drug': [[allergy('No known drug allergies', {}, 'n'), allergy('Penicillin V')], ['AllergyIntolerance/n wrong AllergyIntolerance.code']],
  'no known drug allergies, and bees': [[allergy('No known drug allergies', {}, 'n'), allergy('Bee venom')], []],
  'none known, and one that is resolved': [[none, allergy('Peanut', resolved)], []],
  'the drug itself': [[allergy('Aspirin'), order('Aspirin 81 MG Oral Tablet')], wrong],
  'a drug of the class': [[allergy('Penicillin'), order('Amoxicillin 500 MG Oral Capsule')], wrong],
  'by reference': [[allergy('Penicillin'), order('', { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/x' } }), { resourceType: 'Medication', id: 'x', code: { text: 'Ampicillin' } }], wrong],
  'a drug that has not landed': [[allergy('Penicillin'), order('', { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/x' } })],
    ['MedicationRequest/m unevaluated MedicationRequest.medication']],
  'another class': [[allergy('Penicillin'), order('Metformin 500 MG')], []],
  'a resolved allergy': [[allergy('Penicillin', resolved), order('Amoxicillin')], []],
  'an order that ended': [[allergy('Penicillin'), order('Amoxicillin', { status: 'completed' })], []],
  'an order not to give it': [[allergy('Penicillin'), order('Amoxicillin', { doNotPerform: true })], []],
  'part of a word': [[allergy('Statin'), order('Nystatin 100000 UNT')], []],
  'none known by its text, whatever its code is called': [[allergy('', { code: { text: 'No known allergies', coding: [{ display: 'Allergy status' }] } }, 'n'), allergy('Peanut')], ['AllergyIntolerance/n wrong AllergyIntolerance.code']],
  'no drug allergies by its text, whatever its code is called': [[allergy('', { code: { text: 'No known drug allergies', coding: [{ display: 'Allergy status' }] } }, 'n'), allergy('Bee venom')], []],
  'none known, and none of a kind by its code': [[none, allergy('', { code: { coding: [{ system: 'http://snomed.info/sct', code: '429625007' }] } })], []],
  'none known, and none of a kind by its text': [[none, allergy('', { code: { text: 'No known latex sensitivity', coding: [{ display: 'Latex' }] } })], []],
  'a drug that has not landed, a food beside the drug': [[allergy('Penicillin'), allergy('Peanut', {}, 'b'), order('', { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/x' } })],
    ['MedicationRequest/m unevaluated MedicationRequest.medication']],
  'one of two that the allergy names': [[allergy('Aspirin and penicillin'), order('Aspirin 81 MG Oral Tablet')], wrong],
  'the drug itself, of no class of the table': [[allergy('Abatacept'), order('Abatacept 125 MG/ML')], wrong],
  'by one code': [[allergy('', { code: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '614391' }] } }), order('', { medicationCodeableConcept: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '614391' }] } })], wrong],
  'one code of nobody’s system': [[allergy('', { code: { coding: [{ system: 'urn:a', code: '7' }] } }), order('', { medicationCodeableConcept: { coding: [{ system: 'urn:a', code: '7' }] } })], []],
  'a food of a like name': [[allergy('Magnesia milkweed', { category: ['food'] }), order('Milkweed magnesia')], []],
  'a drug said to be one': [[allergy('Abatacept', { category: ['medication'] }), order('Abatacept')], wrong],
  'a biologic': [[allergy('Abatacept', { category: ['biologic'] }), order('Abatacept')], wrong],
  'only a word that many have': [[allergy('Sulfite allergy'), order('Morphine sulfate 15 MG Tablet')], []],
  'a brand': [[allergy('Ativan'), order('Lorazepam 1 MG')], wrong],
  'by the code before it': [[{ resourceType: 'AllergyIntolerance', id: 'n', code: { coding: [{ system: 'http://snomed.info/sct', code: '160244002' }] } }, allergy('Peanut')], ['AllergyIntolerance/n wrong AllergyIntolerance.code']],
  'no known food allergy, and a food': [[{ resourceType: 'AllergyIntolerance', id: 'n', code: { coding: [{ system: 'http://snomed.info/sct', code: '429625007' }] } }, allergy('Peanut', { category: ['food'] })], ['AllergyIntolerance/n wrong AllergyIntolerance.code']],
  'no known food allergy, and a drug': [[{ resourceType: 'AllergyIntolerance', id: 'n', code: { coding: [{ system: 'http://snomed.info/sct', code: '429625007' }] } }, allergy('Penicillin')], []],
  'no known latex allergy, and latex': [[{ resourceType: 'AllergyIntolerance', id: 'n', code: { coding: [{ system: 'http://snomed.info/sct', code: '1003774007' }] } }, allergy('Peanut', { category: ['food'] })], []],
  'no known drug allergy, and a drug by its category': [[{ resourceType: 'AllergyIntolerance', id: 'n', code: { coding: [{ system: 'http://snomed.info/sct', code: '409137002' }] } }, allergy('Abatacept', { category: ['medication'] })], ['AllergyIntolerance/n wrong AllergyIntolerance.code']],
  'one of two names': [[allergy('Abatacept (Orencia)'), order('Abatacept 125 MG/ML')], wrong],
  'a food and a drug': [[allergy('Abatacept', { category: ['food', 'medication'] }), order('Abatacept 125 MG/ML')], wrong],
});

test('the cause names the class, never a word of the record', () => {
  const causes = (text: string): string[] => toldOf(allergyConflict, [allergy(text), order(`${text} 10 MG`)]).map((said) => said.split(' | ')[1] ?? '');
  expect([causes('Penicillin V'), causes('Abatacept')]).toEqual([['order of a drug of the class penicillin'], ['order of the drug itself']]);
});
