import { made, scribe } from '../../../test/support/ai-population.ts';
import { drug, icd, pcs, result, written } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiNoteUnsupported } from './rule.ts';

const note = (text: string, more: object = {}) => written(text, { meta: { security: [{ code: 'AIAST' }] }, ...more });
const wrong = ['DocumentReference/d wrong DocumentReference.content'];
const inAssessment = ['DocumentReference/d wrong/assessment DocumentReference.content'];
const inHistory = ['DocumentReference/d wrong/history DocumentReference.content'];
const hip = { resourceType: 'Condition', id: 'c', code: { ...icd('S72.012A'), text: 'Fracture of left hip' } };

patientCases(aiNoteUnsupported, {
  'a drug': [[note('HPI:\nTakes warfarin daily.'), drug('Metformin 500 MG')], wrong],
  'a dose': [[note('HPI:\nTakes metformin 5000 mg daily.'), drug('Metformin 500 MG')], wrong],
  'an allergy': [[note('Allergies: penicillin'), { resourceType: 'AllergyIntolerance', id: 'a', code: { text: 'Peanut' } }], wrong],
  'a procedure': [[note('Hospital course: appendectomy on day two.')], wrong],
  'a side': [[note('Hospital course: right hip fracture.'), hip], wrong],
  'a number': [[note('Labs: potassium 5.9'), result('2823-3', 4.1, 'mmol/L')], wrong],
  'a pressure nobody measured': [[note('Exam: BP 182/94')], wrong],
  'a diagnosis in the assessment': [[note('Assessment: sepsis.')], inAssessment],
  'a diagnosis in the history': [[note('PMH:\nStroke')], inHistory],
  'a drug in the history': [[note('PMH:\nStroke'), written('Stroke in 2010.', { id: 'x' }), note('History of warfarin use.', { id: 'd' })].slice(1), inHistory],
  'told by its provenance alone': [[written('HPI:\nTakes warfarin daily.'), scribe(), made('2026-03-04T10:00:00Z')], wrong],
  'all of it in the chart': [[note('HPI:\nTakes metformin 1000 mg. Labs: potassium 4.1. Left hip fracture. Appendectomy done. Allergies: penicillin'), hip,
    drug('Metformin 500 MG', { dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 2 } }] }] }), result('2823-3', 4.12, 'mmol/L'),
    { resourceType: 'Procedure', id: 'r', status: 'completed', code: pcs('0DTJ4ZZ') }, { resourceType: 'AllergyIntolerance', id: 'a', code: { text: 'Penicillin V' } }], []],
  'denied': [[note('Denies warfarin. No sepsis. Allergies: NKDA')], []],
  'a person’s note': [[written('Assessment: sepsis. Takes warfarin.')], []],
  'a goal is no result': [[note('Goal potassium 4.0')], []],
  'a value of no known measure': [[note('Goal potassium 4.0'), { resourceType: 'Observation', id: 'u', code: { text: 'Mood' }, valueQuantity: { value: 1 } }], []],
  'a side of what no concept names': [[note('Goal potassium 4.0'), { resourceType: 'Condition', id: 'c', code: { text: 'Unnamed trouble of the left hand' } }], []],
  'a side that the body site has': [[note('Hospital course: right hip fracture.'), { ...hip, code: { ...icd('S72.019A'), text: 'Fracture of hip' }, bodySite: [{ text: 'Hip' }, { text: 'Left hip' }] }], wrong],
  'no reaction to a drug': [[note('Allergies: no reaction to penicillin')], []],
  'an allergy too short to look for': [[note('Allergies: bee')], []],
  'one allergy of several words': [[note('Allergies: penicillin causing hives'), { resourceType: 'AllergyIntolerance', id: 'a', code: { text: 'Penicillin V' } }], []],
  'of the family': [[note('HPI:\nMother had a stroke.')], []],
  'what is only to be watched for': [[note('Plan:\nReturn if stroke occurs.')], []],
  'another procedure was done': [[note('Hospital course: appendectomy on day two.'), { resourceType: 'Procedure', id: 'r', status: 'completed', code: pcs('0FT44ZZ') }], wrong],
  'another diagnosis is on record': [[note('Assessment: sepsis.'), { resourceType: 'Condition', id: 'c', code: icd('E11.9') }], inAssessment],
  'a person wrote it before': [[note('PMH:\nStroke'), written('Stroke in 2010. Diabetes, on diet.', { id: 'x' })], []],
  'a person denied it before': [[note('PMH:\nStroke'), written('No stroke.', { id: 'x' })], inHistory],
  'a person wrote it of the family': [[note('PMH:\nStroke'), written('Mother had a stroke.', { id: 'x' })], inHistory],
  'a person wrote of something else': [[note('PMH:\nStroke'), written('Diabetes, on diet.', { id: 'x' })], inHistory],
  'the number of another test': [[note('Labs: potassium 5.9'), result('2951-2', 5.9, 'mmol/L')], wrong],
  'the number of another stay': [[note('Labs: potassium 5.9'), result('2823-3', 5.9, 'mmol/L', { encounter: { reference: 'Encounter/f' } })], wrong],
  'any stay, for a note of none': [[note('Labs: potassium 5.9', { context: undefined }), result('2823-3', 5.9, 'mmol/L')], []],
  'rounded at the very half': [[note('Labs: potassium 4.1'), result('2823-3', 4.15, 'mmol/L')], []],
  'a temperature told in Fahrenheit': [[note('Exam: temperature 98.6'), result('8310-5', 37, 'Cel')], []],
  'a temperature that nobody measured': [[note('Exam: temperature 102.2'), result('8310-5', 37, 'Cel')], wrong],
});
