import { aiAssertion, aiSince, anyPractitioner, readBy, type Check } from './ai-assertion.ts';
import { noteScribe, socialHistoryReader } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Chart, Defect, Form } from './defect.ts';
import { isCategory, textAt } from './touch.ts';

const form = (because: string, checks: (chart: Chart) => readonly Check[], labelled = true): Form => ({ type: 'DocumentReference', because, plant: (note, chart) => aiNote(note, chart, noteScribe, { labelled, checks: checks(chart) }) });
const none = (): readonly Check[] => [];

export const aiUnverified: Defect = {
  rule: 'ai-unverified', hidden: true,
  forms: [
    form('A note that nobody verified.', none), form('A note that only its Provenance calls an AI’s, and nobody verified.', none, false), form('Verified by the model alone.', () => [{ who: 'itself', minutes: 9 }]),
    {
      type: 'Observation', because: 'Of a model whose label is enough: nobody verified it.',
      plant(observation, chart) {
        const at = textAt(observation, 'effectiveDateTime');
        return !at || at < aiSince || at > '2026' || !isCategory(observation, 'laboratory') ? undefined : aiAssertion(observation, chart, socialHistoryReader, { at, own: {} });
      },
    },
  ],
  nearMisses: [form('A person verified it.', (chart) => readBy(anyPractitioner(chart))), form('A person signed it by law.', (chart) => readBy(anyPractitioner(chart)).map((one) => ({ ...one, code: 'legal' })))],
};
