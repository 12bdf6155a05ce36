import { codeAt, isCoded, linesOf, madeFrom, notesOf } from './coded-claim.ts';
import type { Change, Chart, Defect, Form } from './defect.ts';
import { reworded, withSentence, wordsOf } from './note-words.ts';
import { codingIn, coded, listAt, measure, systems, textAt, type JsonObject } from './touch.ts';

const plan = 'Assessment and Plan|Discharge Diagnoses';
/** Something more stands in the assessment, with an order or a result that goes with it. */
const form = (because: string, said: string, words: RegExp, treated: (claim: JsonObject, chart: Chart) => JsonObject | undefined, heading = plan): Form => ({
  type: 'Claim', because,
  plant(claim, chart): readonly Change[] | undefined {
    const notes = notesOf(claim, chart);
    const note = notes.find((one) => new RegExp(heading, 'i').test(wordsOf(one)) || heading !== plan);
    if (!isCoded(claim) || note === undefined || notes.some((one) => words.test(wordsOf(one)))) return undefined;
    const changed = reworded(note, withSentence(heading, said)), given = treated(claim, chart);
    return changed === undefined ? undefined : [{ how: 'amend', resource: claim, carries: true }, { how: 'amend', resource: changed }, ...(given === undefined ? [] : [{ how: 'add' as const, resource: given }])];
  },
});
const about = (claim: JsonObject) => ({ subject: { reference: String(textAt(claim, 'patient', 'reference')) }, encounter: { reference: String(textAt(claim, 'item', 0, 'encounter', 0, 'reference')) } });
const order = (rxcui: string, text: string) => (claim: JsonObject, { random }: Chart): JsonObject => ({ resourceType: 'MedicationRequest', id: random.id(), status: 'active', intent: 'order', medicationCodeableConcept: coded(systems.rxnorm, rxcui, text), ...about(claim), authoredOn: String(textAt(claim, 'billablePeriod', 'start')) });
const result = (loinc: string, value: number, unit: string) => (claim: JsonObject, { random }: Chart): JsonObject => {
  const made: JsonObject = { resourceType: 'Observation', id: random.id(), status: 'final', code: coded(systems.loinc, loinc), ...about(claim), effectiveDateTime: String(textAt(claim, 'billablePeriod', 'start')) };
  measure(made, value, unit);
  return made;
};
const none = (): undefined => undefined;

/** A diagnosis that was reported everywhere is reported nowhere any more. */
const dropped: Form = {
  type: 'Claim', because: 'A treated diagnosis was left off the bill and the encounter.',
  plant(claim, chart) {
    const line = linesOf(claim).findIndex((_, at) => at > 0 && (madeFrom(codeAt(claim, at))?.drugs?.length ?? 0) > 0 && /^(?:I10|E11|K21|I48|E78|E03)/.test(codeAt(claim, at)));
    const encounter = chart.resolve(textAt(claim, 'item', 0, 'encounter', 0, 'reference'));
    if (line < 0 || encounter === undefined) return undefined;
    const code = codeAt(claim, line);
    const at = listAt(encounter, 'diagnosis').findIndex((one) => textAt(codingIn(chart.resolve(textAt(one, 'condition', 'reference'))?.['code'], systems.icd), 'code') === code);
    const condition = chart.resolve(textAt(encounter, 'diagnosis', at, 'condition', 'reference'));
    if (condition === undefined) return undefined;
    claim['diagnosis'] = linesOf(claim).filter((_, index) => index !== line);
    encounter['diagnosis'] = listAt(encounter, 'diagnosis').filter((_, index) => index !== at);
    condition['category'] = [coded('http://terminology.hl7.org/CodeSystem/condition-category', 'problem-list-item')];
    return [{ how: 'amend', resource: claim, carries: true }, { how: 'amend', resource: encounter }, { how: 'amend', resource: condition }];
  },
};

export const documentedNotCoded: Defect = {
  rule: 'documented-not-coded',
  forms: [
    dropped, form('Hypothyroidism in the assessment, treated, not coded.', 'Hypothyroidism. Levothyroxine continued.', /thyroid/i, order('10582', 'levothyroxine sodium 0.05 MG Oral Tablet')), form('Hyponatremia in the assessment, measured, not coded.', 'Hyponatremia, fluids restricted.', /sodium|hyponat/i, result('2951-2', 127, 'mmol/L')),
    form('Heart failure in the assessment, treated, not coded.', 'Chronic systolic heart failure. Furosemide 40 mg daily.', /heart failure|HFrEF|furosemide/i, order('4603', 'furosemide 40 MG Oral Tablet')), form('Seizures in the assessment, treated, not coded.', 'Seizure disorder. Levetiracetam 500 mg twice daily.', /seizure/i, order('114477', 'levetiracetam 500 MG Oral Tablet')),
  ],
  nearMisses: [
    form('Only suspected.', 'Possible hypothyroidism.', /thyroid/i, order('10582', 'levothyroxine sodium 0.05 MG Oral Tablet')), form('Neither treated nor measured.', 'Hypothyroidism, stable.', /thyroid/i, none), form('Only in the family.', 'Sister with epilepsy.', /seizure|epilep/i, order('114477', 'levetiracetam 500 MG Oral Tablet')),
    form('Only in the past history.', 'Seizure disorder in childhood.', /seizure/i, order('114477', 'levetiracetam 500 MG Oral Tablet'), 'Past Medical History'), form('Only prevented.', 'DVT prophylaxis with enoxaparin.', /deep vein|DVT/i, order('67108', 'enoxaparin sodium 40 MG Prefilled Syringe')),
  ],
};
