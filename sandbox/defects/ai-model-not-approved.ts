import { aiAssertion, aiSince, anyPractitioner, readBy } from './ai-assertion.ts';
import { noteScribe, noteScribeTrial, problemFinder, type Model } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Defect, Form } from './defect.ts';
import { textAt, type Json, type JsonObject } from './touch.ts';

const form = (because: string, model: Model, more: Parameters<typeof aiNote>[3] = {}): Form => ({ type: 'DocumentReference', because, plant: (note, chart) => aiNote(note, chart, model, { checks: readBy(anyPractitioner(chart)), ...more }) });
const problem = (because: string, model: Model, own: JsonObject): Form => ({
  type: 'Condition', because,
  plant(condition, chart) {
    const at = textAt(condition, 'recordedDate');
    return !at || at < aiSince || at > '2026' ? undefined : aiAssertion(condition, chart, model, { at, checks: readBy(anyPractitioner(chart)), own });
  },
});
const confidence = (value: Json): JsonObject => ({ extension: [{ url: 'http://hl7.org/fhir/uv/aitransparency/StructureDefinition/AIconfidence', ...(value as JsonObject) }] });

export const aiModelNotApproved: Defect = {
  rule: 'ai-model-not-approved',
  forms: [
    form('Written by a release candidate of the model that nobody approved; a practitioner verified the note.', noteScribeTrial), form('Written by a model that nobody knows.', { value: 'pocket-scribe', name: 'Pocket Scribe', version: '1.0' }), problem('A scribe, approved for notes, made a diagnosis.', noteScribe, {}),
    form('Written before the model was approved.', noteScribe, { at: '2023-05-05T10:00:00Z', own: { date: '2023-05-05T10:00:00Z' } }), problem('The model was less sure than its floor.', problemFinder, confidence({ valueDecimal: 0.42 })), problem('Less sure, in per cent.', problemFinder, confidence({ valueQuantity: { value: 55, code: '%' } })),
  ],
  nearMisses: [form('The approved version.', noteScribe), problem('Sure enough.', problemFinder, confidence({ valueDecimal: 0.93 })), problem('Sure enough, in per cent.', problemFinder, confidence({ valueQuantity: { value: 91, unit: '%' } })), problem('Without a confidence.', problemFinder, {})],
};
