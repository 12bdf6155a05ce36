import { aiAssertion, aiSince, anyPractitioner, readBy, type Check } from './ai-assertion.ts';
import { noteScribe, problemFinder, socialHistoryReader } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Chart, Defect, Form } from './defect.ts';
import { listAt, textAt } from './touch.ts';

const form = (because: string, checks: (chart: Chart) => readonly Check[]): Form => ({ type: 'DocumentReference', because, plant: (note, chart) => aiNote(note, chart, noteScribe, { checks: checks(chart) }) });

export const aiNoHumanVerifier: Defect = {
  rule: 'ai-no-human-verifier',
  forms: [
    { type: 'DocumentReference', because: 'A model wrote the note and nobody verified it.', plant: (note, chart) => aiNote(note, chart, noteScribe) }, form('The model verified its own note.', () => [{ who: 'itself', minutes: 20 }]), form('Another device verified it.', () => [{ who: 'Device/checker', minutes: 20 }]),
    form('Somebody verified it on the model’s behalf.', (chart) => readBy(anyPractitioner(chart)).map((one) => ({ ...one, more: { onBehalfOf: {} } }))), form('Somebody only passed it on.', (chart) => readBy(anyPractitioner(chart)).map((one) => ({ ...one, code: 'transmitter' }))),
    {
      type: 'Condition', because: 'A proposed problem that nobody verified.',
      plant(condition, chart) {
        const at = textAt(condition, 'recordedDate');
        return !at || at < aiSince || at > '2026' || condition['abatementDateTime'] ? undefined : aiAssertion(condition, chart, problemFinder, { at, own: {} });
      },
    },
  ],
  nearMisses: [
    form('A person verified it.', (chart) => readBy(anyPractitioner(chart))), form('A person attested it.', (chart) => readBy(anyPractitioner(chart)).map((one) => ({ ...one, code: 'attester' }))),
    { type: 'DocumentReference', because: 'A person signed it.', plant: (note, chart) => aiNote(note, chart, noteScribe, { own: { authenticator: { reference: anyPractitioner(chart) ?? '' } } }) },
    {
      type: 'Observation', because: 'Of a model whose label is enough.',
      plant(observation, chart) {
        const at = textAt(observation, 'effectiveDateTime');
        return !at || at < aiSince || listAt(observation, 'component').length > 0 ? undefined : aiAssertion(observation, chart, socialHistoryReader, { at, own: {} });
      },
    },
  ],
};
