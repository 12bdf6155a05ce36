import { expect, test } from 'vitest';
import { noteOf } from './note-text.ts';

const note = (text: string, contentType = 'text/plain') => noteOf({ version: 'v', type: 'DocumentReference', id: 'd', time: '', place: 'compartment',
  fields: { content: [{ attachment: { contentType, data: Buffer.from(text).toString('base64') } }] } });
const said = (text: string) => note(text)?.mentions.map((mention) => `${mention.concept.id} ${mention.status} ${mention.section}`);

test.each<[string, string[]]>([
  ['Patient has pneumonia.', ['pneumonia affirmed other']],
  ['No evidence of pneumonia.', ['pneumonia negated other']],
  ['Pneumonia was ruled out.', ['pneumonia negated other']],
  ['Denies history of stroke, heart failure or asthma.', ['stroke negated other', 'heart failure negated other', 'asthma negated other']],
  ['No fever but pneumonia on imaging.', ['pneumonia affirmed other']],
  ['Possible sepsis.', ['sepsis uncertain other']],
  ['R/o DVT', ['deep vein thrombosis uncertain other']],
  ['Sepsis cannot be ruled out.', ['sepsis uncertain other']],
  ['Mother had breast cancer.', ['breast cancer family other']],
  ['FAMILY HISTORY:\nBreast cancer', ['breast cancer family family']],
  ['History of stroke.', ['stroke historical other']],
  ['# Past Medical History\nAsthma', ['asthma historical history']],
  ['# Assessment and Plan\n1. Acute on chronic CHF, start furosemide 40 mg IV.', ['heart failure affirmed assessment', 'furosemide affirmed assessment']],
  ['Assessment: hypertension. Plan: lisinopril.', ['hypertension affirmed assessment', 'lisinopril affirmed assessment']],
  ['The weather is fine.', []],
])('%s', (text, expected) => { expect(said(text)).toEqual(expected); });

test('the side beside a name', () => {
  expect(note('Left hip fracture after a fall.')?.mentions[0]?.side).toBe('left');
});

test('markup is read, what is no text is not', () => {
  expect(note('<p>Has <b>pneumonia</b></p>', 'text/html')?.mentions).toHaveLength(1);
  expect(note('pneumonia', 'application/pdf')).toBeUndefined();
});
