import { addLine, codeAt, encounterOf, isCoded, isStay, linesOf, madeFrom, notesOf, reportedToo } from './coded-claim.ts';
import { amend, type Change, type Chart, type Defect, type Form } from './defect.ts';
import { coded, listAt, systems, textAt, type JsonObject } from './touch.ts';
import { rewordedAll, withSentence, wordsOf } from './note-words.ts';

const form = (because: string, change: (claim: JsonObject, chart: Chart) => unknown): Form => amend('Claim', because, (claim, chart) => isCoded(claim) && notesOf(claim, chart).length > 0 && change(claim, chart));
const stay = (because: string, change: (claim: JsonObject) => unknown): Form => form(because, (claim, chart) => isStay(encounterOf(claim, chart)) && change(claim));
/** Unless the notes say so. */
const unsaid = (claim: JsonObject, chart: Chart, words: RegExp): boolean => notesOf(claim, chart).every((note) => !words.test(wordsOf(note)));
/** What the notes say of one of the claim's diagnoses is said otherwise. */
const otherwise = (because: string, labelled: boolean, say: (stated: string) => string, suits: RegExp = /./): Form => ({
  type: 'Claim', because,
  plant(claim, chart): readonly Change[] | undefined {
    const line = linesOf(claim).findIndex((_, at) => at > 0 && suits.test(codeAt(claim, at)) && madeFrom(codeAt(claim, at)) !== undefined);
    const code = codeAt(claim, line), stated = madeFrom(code)?.stated;
    if (line < 0 || stated === undefined || stated.includes('{side}')) return undefined;
    const notes = rewordedAll(notesOf(claim, chart), (text) => text.replaceAll(stated, say(stated)));
    if (notes.length === 0) return undefined;
    return [{ how: 'amend', resource: claim, carries: true }, ...notes.map((resource): Change => ({ how: 'amend', resource })),
      ...reportedToo(claim, code, chart).map((change): Change => (labelled || change.how === 'loose' ? change : { ...change, carries: false }))];
  },
});

export const codeNotDocumented: Defect = {
  rule: 'code-not-documented',
  forms: [
    stay('Malnutrition is billed, and no note speaks of it.', (claim) => addLine(claim, 'E43', 'Unspecified severe protein-calorie malnutrition')), form('Another lung disease is billed than was found.', (claim, chart) => unsaid(claim, chart, /pulmonary fibrosis/i) && addLine(claim, 'J84.10', 'Pulmonary fibrosis, unspecified')),
    form('A skin disease is billed that no note names.', (claim) => addLine(claim, 'L40.0', 'Psoriasis vulgaris')), stay('Ventilation is billed, and no note speaks of it.', (claim) => { claim['procedure'] = [...listAt(claim, 'procedure'), { sequence: 9, procedureCodeableConcept: coded(systems.pcs, '5A1945Z', 'Respiratory Ventilation, 24-96 Consecutive Hours') }]; }),
    form('The mother’s disease is billed as the patient’s.', (claim, chart) => notesOf(claim, chart).some((note) => wordsOf(note).includes('Mother had breast cancer')) && unsaid(claim, chart, /mastectomy/i) && addLine(claim, 'C50.911', 'Malignant neoplasm of unspecified site of right female breast')),
    form('What was ruled out is billed.', (claim, chart) => notesOf(claim, chart).some((note) => wordsOf(note).includes('Pancreatitis was ruled out')) && addLine(claim, 'K85.90', 'Acute pancreatitis without necrosis or infection, unspecified')), otherwise('The notes deny what is billed.', true, (stated) => `No ${stated.toLowerCase()}`, /^(?:E87|N17|K21|I10|N39)/),
  ],
  nearMisses: [
    otherwise('The notes use an abbreviation.', false, () => 'HTN', /^I10$/), otherwise('The notes say it in other words.', false, () => 'Low sodium', /^E87\.1$/),
    {
      type: 'Claim', because: 'A lasting disease from the history.',
      plant(claim, chart) {
        const note = rewordedAll(notesOf(claim, chart), withSentence('Past Medical History', 'Hypothyroidism, treated for years.'))[0];
        if (!isCoded(claim) || note === undefined || linesOf(claim).some((_, at) => codeAt(claim, at).startsWith('E03'))) return undefined;
        addLine(claim, 'E03.9', 'Hypothyroidism, unspecified');
        return [{ how: 'amend', resource: claim, carries: true }, { how: 'amend', resource: note }];
      },
    },
    form('A code in a system that is not billed.', (claim) => { claim['diagnosis'] = [...linesOf(claim), { sequence: 8, diagnosisCodeableConcept: coded(systems.snomed, '271807003', 'Eruption of skin') }]; return textAt(claim, 'use') === 'claim'; }),
  ],
};
