import { aiAssertion, aiSince } from './ai-assertion.ts';
import { noteScribe, socialHistoryReader } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Defect, Form } from './defect.ts';
import { addChanged } from './defect.ts';
import { reworded, withSection } from './note-words.ts';
import { at, isCategory, textAt, type JsonObject } from './touch.ts';

const note = (because: string, sentence: string): Form => addChanged('DocumentReference', because, (copy) => at(copy, 'meta', 'security') === undefined && reworded(copy, withSection('Note', sentence)) !== undefined);
const byDevice = (because: string, made: Parameters<typeof aiNote>[3]): Form => ({ type: 'DocumentReference', because, plant: (template, chart) => aiNote(template, chart, noteScribe, { labelled: false, ...made }) });
const measured = (because: string, device: (device: JsonObject) => JsonObject): Form => ({
  type: 'Observation', because,
  plant(observation, chart) {
    const time = textAt(observation, 'effectiveDateTime');
    if (!time || time < aiSince || !isCategory(observation, 'vital-signs')) return undefined;
    const id = chart.random.id();
    return aiAssertion(observation, chart, socialHistoryReader, { at: time, labelled: false, own: { device: { reference: `Device/${id}` } }, making: () => undefined, device: (one) => ({ ...device(one), id }) });
  },
});

export const aiUndeclared: Defect = {
  rule: 'ai-undeclared', hidden: true,
  forms: [
    note('The note says that an AI generated it.', 'This note was generated with the assistance of artificial intelligence and reviewed by the clinician.'), note('The note says that a product of ambient listening drafted it.', 'Documentation assisted by ambient listening technology.'), note('A language model’s own phrase stands in it.', 'As an AI language model, I cannot examine the patient.'),
    byDevice('A model’s Device is its author, and no label says so.', {}), byDevice('Its author is a device that has not landed.', { making: () => undefined, own: { author: [{ reference: 'Device/unknown-scribe' }] } }), measured('An AI’s Device measured it, and no label says so.', (device) => device),
  ],
  nearMisses: [
    note('The patient speaks of artificial intelligence.', 'Works as an engineer in artificial intelligence research.'), note('It was dictated.', 'Dictated with voice recognition software; errors may occur.'), { type: 'DocumentReference', because: 'A model’s note with label and Provenance.', plant: (template, chart) => aiNote(template, chart, noteScribe) },
    measured('A blood pressure monitor measured it.', ({ identifier: _identifier, modelNumber: _model, ...device }) => ({ ...device, type: { text: 'Blood pressure monitor' }, deviceName: [{ name: 'BP 7000', type: 'user-friendly-name' }] })),
  ],
};
