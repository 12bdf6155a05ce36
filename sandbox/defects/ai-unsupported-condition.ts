import { aiAssertion, aiSince } from './ai-assertion.ts';
import { problemFinder } from './ai-models.ts';
import type { Chart, Defect, Form } from './defect.ts';
import { wordsOf } from './note-words.ts';
import { coded, listAt, systems, textAt, type JsonObject } from './touch.ts';

/** A diagnosis that a model adds to the chart of the coded population. */
const form = (because: string, code: JsonObject, words: RegExp, more: (condition: JsonObject, chart: Chart) => JsonObject = () => ({}), said = false): Form => ({
  type: 'Condition', because,
  plant(condition, chart) {
    const at = textAt(condition, 'recordedDate');
    const notes = [...chart.around(condition, 'DocumentReference'), ...chart.around(condition, 'Composition')];
    const orders = JSON.stringify(chart.around(condition, 'MedicationRequest').map((one) => one['medicationCodeableConcept']));
    if (!at || at < aiSince || at > '2026' || notes.length === 0 || notes.some((note) => words.test(wordsOf(note))) !== said || (!said && words.test(orders))) return undefined;
    return aiAssertion({ ...condition, code }, chart, problemFinder, { at, own: { evidence: [], ...more(condition, chart) } });
  },
});
const icd = (code: string, display: string): JsonObject => coded(systems.icd, code, display);

export const aiUnsupportedCondition: Defect = {
  rule: 'ai-unsupported-condition', hidden: true,
  forms: [
    form('A cirrhosis that nothing supports.', icd('K74.60', 'Unspecified cirrhosis of liver'), /cirrho|liver/i), form('A lung cancer that nothing supports.', icd('C34.11', 'Malignant neoplasm of upper lobe, right bronchus or lung'), /lung cancer|neoplasm|carcinoma/i), form('A disease that no table knows, and nothing supports.', icd('G20.A1', 'Parkinson’s disease without dyskinesia'), /parkinson|dyskinesia/i),
    form('By its SNOMED CT code, and nothing supports it.', coded(systems.snomed, '254837009', 'Malignant neoplasm of breast'), /breast|neoplasm/i), form('Alcohol dependence that nothing supports.', icd('F10.20', 'Alcohol dependence, uncomplicated'), /alcohol|naltrexone|thiamine/i),
  ],
  nearMisses: [
    form('It names its evidence.', icd('K74.60', 'Unspecified cirrhosis of liver'), /cirrho|liver/i, (condition) => ({ evidence: [{ detail: [{ reference: `Condition/${String(condition['id'])}` }] }] })), form('A note states it.', icd('I10', 'Essential (primary) hypertension'), /\d\. Hypertension/, undefined, true),
    {
      type: 'Condition', because: 'A person recorded the same.',
      plant: (condition, chart) => { const at = textAt(condition, 'recordedDate'); return !at || at < aiSince || at > '2026' || listAt(condition, 'code', 'coding').length === 0 ? undefined : aiAssertion(condition, chart, problemFinder, { at, own: { evidence: [] } }); },
    },
  ],
};
