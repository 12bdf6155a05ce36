import { expect, test } from 'vitest';
import { populationCases } from '../../../test/support/rule-cases.ts';
import { windowHashes } from '../reading/note-windows.ts';
import { noteOf } from '../reading/note-text.ts';
import { noteSharedText, type SharedTextCandidate } from './rule.ts';

const pair = (more: Partial<SharedTextCandidate> = {}, times = ['2026-01-01', '2026-02-01'], type = 'DocumentReference'): SharedTextCandidate => ({
  one: { version: 'n/1', type, since: Date.parse(times[0] ?? ''), told: 12 }, other: { version: 'n/2', type, since: Date.parse(times[1] ?? ''), told: 12 }, shared: 6, linked: false, ...more });

populationCases(noteSharedText, {
  'half of the later note': [pair(), 'n/2 wrong DocumentReference.content'],
  'whichever is named first': [pair({}, ['2026-02-01', '2026-01-01']), 'n/1 wrong DocumentReference.content'],
  'nobody knows which was first': [pair({}, ['2026-01-01', '']), 'n/1 wrong DocumentReference.content', 'n/2 wrong DocumentReference.content'],
  'written at one time': [pair({}, ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00Z']), 'n/1 wrong DocumentReference.content', 'n/2 wrong DocumentReference.content'],
  'a composition': [pair({}, undefined, 'Composition'), 'n/2 wrong Composition.section'],
  'less than half of the later': [pair({ other: { version: 'n/2', type: 'DocumentReference', since: Date.parse('2026-02-01'), told: 17 } })],
  'less than half of the earlier, which is longer': [pair({ one: { version: 'n/1', type: 'DocumentReference', since: Date.parse('2026-01-01'), told: 40 } }), 'n/2 wrong DocumentReference.content'],
  'a sentence or two': [pair({ shared: 5, one: { version: 'n/1', type: 'DocumentReference', since: Date.parse('2026-01-01'), told: 5 }, other: { version: 'n/2', type: 'DocumentReference', since: Date.parse('2026-02-01'), told: 5 } })],
  'a mother and her child': [pair({ linked: true })],
});

const hashes = (text: string) => windowHashes(noteOf({ version: '', type: 'DocumentReference', id: '', time: '', place: 'compartment',
  fields: { content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }] } })!);
const words = (from: number, count: number): string => Array.from({ length: count }, (_, at) => `word${from + at}`).join(' ');

test('of a text the same windows are kept wherever it stands, and of a long one no more than 128', () => {
  const own = hashes(words(0, 80));
  expect(own.length > 4).toBe(true);
  const within = new Set(hashes(`${words(500, 30)} ${words(0, 80)} ${words(900, 30)}`));
  expect(own.filter((hash) => within.has(hash)).length).toBe(own.length);
  expect(hashes(words(200, 80)).filter((hash) => own.includes(hash))).toEqual([]);
  expect(hashes(words(0, 2_000))).toHaveLength(128);
  expect(hashes(words(0, 9))).toEqual([]);
});
