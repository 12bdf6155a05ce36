import { aiAssertion, aiSince, anyPractitioner, readBy } from './ai-assertion.ts';
import { noteScribe, socialHistoryReader } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Change, Defect, Form } from './defect.ts';
import { isCategory, textAt, type JsonObject } from './touch.ts';

const form = (because: string, made: Parameters<typeof aiNote>[3]): Form => ({ type: 'DocumentReference', because, plant: (note, chart) => aiNote(note, chart, noteScribe, made) });
const withoutDevice = (changes: Change[] | undefined): Change[] | undefined => changes?.filter((change) => change.how === 'loose' || change.resource['resourceType'] !== 'Device');
const inline = { url: 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label', valueCoding: { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST' } };
const result = (because: string, own: JsonObject, labelled: boolean): Form => ({
  type: 'Observation', because,
  plant(observation, chart) {
    const at = textAt(observation, 'effectiveDateTime');
    if (!at || at < aiSince || at > '2026' || !isCategory(observation, 'laboratory')) return undefined;
    return withoutDevice(aiAssertion(observation, chart, socialHistoryReader, { at, labelled, own: { issued: new Date(Date.parse(at) + 400_000).toISOString(), ...own }, making: () => undefined }));
  },
});

export const aiNoProvenance: Defect = {
  rule: 'ai-no-provenance', most: 2,
  forms: [
    { type: 'DocumentReference', because: 'Labelled as AI-asserted, and no Provenance says by what.', plant: (note, chart) => aiNote(note, chart, noteScribe, { making: () => undefined }) }, result('A result labelled as AI-asserted, and no Provenance.', {}, true),
    result('One element labelled inline, and no Provenance.', { _valueString: { extension: [inline] } }, false), form('The Provenance names a device that states no version.', { device: (device) => { const { version: _version, ...rest } = device; return rest; } }),
    {
      type: 'DocumentReference', because: 'The Provenance names a person alone.',
      plant: (note, chart) => aiNote(note, chart, noteScribe, { making: (provenance) => ({ ...provenance, agent: [{ type: { text: 'author' }, who: { reference: anyPractitioner(chart) ?? '' } }] }) }),
    },
  ],
  nearMisses: [form('All is said.', {}), { type: 'DocumentReference', because: 'All is said, and a person verified it.', plant: (note, chart) => aiNote(note, chart, noteScribe, { checks: readBy(anyPractitioner(chart)) }) }],
};
