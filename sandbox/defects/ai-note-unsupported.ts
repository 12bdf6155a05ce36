import { noteScribe } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Chart, Defect, Form } from './defect.ts';
import { wordsOf } from './note-words.ts';
import { codingIn, systems, textAt, type JsonObject } from './touch.ts';

const everything = (note: JsonObject, chart: Chart): string => [...chart.around(note, 'DocumentReference'), ...chart.around(note, 'Composition')].map(wordsOf).join('\n')
  + JSON.stringify([...chart.around(note, 'MedicationRequest'), ...chart.around(note, 'Procedure'), ...chart.around(note, 'Condition'), ...chart.around(note, 'AllergyIntolerance')]);
/** A model's note of the coded population with one section more. */
const form = (because: string, heading: string, text: string | ((note: JsonObject, chart: Chart) => string | undefined), unless: RegExp = /^$/): Form => ({
  type: 'DocumentReference', because,
  plant(note, chart) {
    const said = typeof text === 'string' ? text : text(note, chart);
    // Of the coded population: Synthea's notes name no practitioner that is there.
    if (textAt(note, 'docStatus') !== 'final' || said === undefined || unless.test(everything(note, chart))) return undefined;
    return aiNote(note, chart, noteScribe, { text: `# Chief Complaint\nFollow-up visit.\n\n# ${heading}\n${said}\n` });
  },
});
/** The side on which the patient's hip or knee is coded. */
function sidedIn(note: JsonObject, chart: Chart): { what: string; side: string } | undefined {
  const coding = chart.around(note, 'Condition').map((one) => codingIn(one['code'], systems.icd)).find((one) => /^(?:S72\.00|M17\.1)[12]/.test(String(one?.['code'])));
  const side = /right/.test(String(coding?.['display'])) ? 'right' : 'left';
  return coding === undefined ? undefined : { what: String(coding['code']).startsWith('S72') ? 'hip fracture' : 'knee osteoarthritis', side };
}
/** One of the patient's orders: its drug and its strength in mg. */
const ordered = (note: JsonObject, chart: Chart): { drug: string; mg: number } | undefined => chart.around(note, 'MedicationRequest').map((one) => /^(metformin|lisinopril|atorvastatin|sertraline|furosemide|prednisone|apixaban)[a-z ]* (\d+) MG/.exec(textAt(one, 'medicationCodeableConcept', 'text') ?? ''))
  .flatMap((found) => (found === null ? [] : [{ drug: found[1] ?? '', mg: Number(found[2]) }]))[0];

export const aiNoteUnsupported: Defect = {
  rule: 'ai-note-unsupported', hidden: true,
  forms: [
    form('A drug that nobody ordered.', 'Assessment and Plan', 'Continue amiodarone.', /amiodarone/i), form('An operation that nobody did.', 'Procedures', 'Colonoscopy performed without complication.', /colonoscopy/i), form('A result that nobody measured.', 'Results', 'Potassium 7.4.'), form('An allergy that nobody recorded.', 'Allergies', 'Vancomycin causes a rash.', /vancomycin/i),
    form('A dose that nobody ordered.', 'Assessment and Plan', (note, chart) => { const found = ordered(note, chart); return found && `Continue ${found.drug} ${found.mg * 3 + 1} mg daily.`; }),
    form('The other side.', 'Assessment and Plan', (note, chart) => { const found = sidedIn(note, chart); return found === undefined ? undefined : `${found.side === 'right' ? 'Left' : 'Right'} ${found.what}, to be seen by surgery.`; }), form('A diagnosis that nothing supports.', 'Assessment and Plan', 'Cirrhosis, referred to hepatology.', /cirrho/i),
  ],
  nearMisses: [
    form('As the chart has it.', 'Assessment and Plan', 'Patient seen and examined; continues the present treatment.'), form('The family’s drug.', 'Family History', 'Mother takes amiodarone.'), form('A drug that is not taken.', 'Assessment and Plan', 'Not on amiodarone.', /amiodarone/i),
    form('The ordered dose.', 'Assessment and Plan', (note, chart) => { const found = ordered(note, chart); return found && `Continue ${found.drug} ${found.mg} mg daily.`; }),
    form('No allergies.', 'Allergies', 'No known allergies.'),
  ],
};
