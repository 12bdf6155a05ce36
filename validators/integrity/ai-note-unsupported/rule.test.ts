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
});
