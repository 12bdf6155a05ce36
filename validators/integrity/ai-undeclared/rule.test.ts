import { expect, test } from 'vitest';
import { aiNote, made, registry, scribe } from '../../../test/support/ai-population.ts';
import { patientCases, toldOf } from '../../../test/support/rule-cases.ts';
import { aiUndeclared } from './rule.ts';

const told = (text: string, more: object = { meta: {} }) => aiNote({ content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }], ...more });
const wrong = ['DocumentReference/d wrong DocumentReference.content'];
const byDevice = { meta: {}, author: [{ reference: 'Device/scribe' }] };

patientCases(aiUndeclared, {
  'it says so': [[told('This note was generated with the assistance of artificial intelligence.')], wrong],
  'its product says so': [[told('Captured with ambient listening and reviewed.')], wrong],
  'it talks like one': [[told('As an AI language model I cannot examine the patient.')], wrong],
  'a device is its author': [[aiNote(byDevice), scribe()], ['DocumentReference/d wrong DocumentReference.author[0]']],
  'a provenance names an AI, a label is absent': [[aiNote({ meta: {} }), scribe(), made('2026-03-01T10:00:00Z')], ['DocumentReference/d wrong DocumentReference']],
  'a registered model without the type': [[aiNote(byDevice), scribe({ type: undefined })], ['DocumentReference/d wrong DocumentReference.author[0]'], registry()],
  'an observation by an AI': [[{ resourceType: 'Observation', id: 'o', device: { reference: 'Device/scribe' } }, scribe()], ['Observation/o wrong Observation.device']],
  'declared by label and provenance': [[told('Drafted by AI.', {}), scribe(), made('2026-03-01T10:00:00Z')], []],
  'declared by label: provenance is another rule’s': [[told('Drafted by AI.', {})], []],
  'a meter': [[{ resourceType: 'Observation', id: 'o', device: { reference: 'Device/meter' } }, { resourceType: 'Device', id: 'meter', type: { text: 'Blood pressure monitor' } }], []],
  'a clinician wrote it': [[told('Patient uses the word ai in her name. Ambient temperature was fine.')], []],
  'a scanner is its author': [[aiNote({ meta: {}, author: [{ reference: 'Device/scanner' }] }), { resourceType: 'Device', id: 'scanner', type: { text: 'Scanner' } }], []],
  'an author that has not landed': [[aiNote(byDevice)], ['DocumentReference/d wrong DocumentReference.author[0]']],
  'an observation by a device that has not landed': [[{ resourceType: 'Observation', id: 'o', device: { reference: 'Device/meter' } }], []],
  'declared, by one provenance of two': [[told('Drafted by AI.', {}), scribe(), made('2026-03-01T10:00:00Z'), made('2026-03-01T10:01:00Z', { id: 'made2', agent: [{ who: { reference: 'Practitioner/a' } }] })], []],
});

test('the cause names what told it', () => {
  expect(toldOf(aiUndeclared, [told('Drafted by AI.')])[0]?.split(' | ')[1]).toBe('words of an AI');
  expect(toldOf(aiUndeclared, [aiNote(byDevice), scribe()], registry())[0]?.split(' | ')[1]).toBe('author scribe');
});
