import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Entry, Feed } from '../../storage/feeds.ts';
import { messagesFor, selects } from './messages.ts';

const feed: Feed = { id: 1, name: 'care', purpose: 'care', types: ['Observation'], sources: null };
const release: Entry = {
  sequence: 7, kind: 'release', source: 'ehr', sourceId: 3, type: 'Observation', id: 'a', purpose: 'care', version: '1', versionId: '2',
  hash: 'ff', ruleSet: 'ee', verdict: 'release-with-flags', flags: 'one,two', about: null, reason: null, withdrawn: false, at: 0, size: 2,
};
const naming = { prefix: 'x-', feedUrl: 'https://api.example', largest: 10 };
const value = Buffer.from('{}');
const brief = (entry: Entry, body?: Buffer) => messagesFor(feed, { entry, value: body }, naming).map((one) => [one.topic, one.value?.toString() ?? null]);

test('a release is a value and the state; a retraction a tombstone of it; a stale notice changes no state', () => {
  expect(brief(release, value)).toEqual([['x-care.Observation', '{}'], ['x-care.current', '{}']]);
  expect(brief({ ...release, kind: 'retraction', about: 3, reason: 'deleted' })).toEqual([['x-care.Observation', null], ['x-care.current', null]]);
  expect(brief({ ...release, kind: 'stale', about: 3 })).toEqual([['x-care.Observation', null]]);
});

test('what does not fit is claimed elsewhere with a value that is no tombstone', () => {
  const [, current] = messagesFor(feed, { entry: release, value: Buffer.alloc(11) }, naming);
  expect(current?.value).toEqual(Buffer.alloc(0));
  expect(current?.headers['ce_dataref']).toBe('https://api.example/feeds/care/entries?after=6&limit=1');
});

test('a feed selects by purpose, type and source', () => {
  const selected = (entry: Partial<Entry>, of: Feed = feed) => selects(of, { entry: { ...release, ...entry }, value });
  expect(selected({})).toBe(true);
  expect(selected({ purpose: 'training' })).toBe(false);
  expect(selected({ type: 'Patient' })).toBe(false);
  expect(selected({}, { ...feed, types: null, sources: [4] })).toBe(false);
});

test('the documents name each header that is sent, and no other', async () => {
  const sent = new Set([
    ...messagesFor(feed, { entry: { ...release, about: 1, reason: 'deleted', withdrawn: true }, value: undefined }, naming),
    ...messagesFor(feed, { entry: release, value: Buffer.alloc(11) }, naming),
  ].flatMap((message) => Object.keys(message.headers)).filter((name) => name.startsWith('ce_')));
  for (const document of ['feeds.md', 'feeds.asyncapi.json']) {
    const text = await readFile(new URL(`../../docs/${document}`, import.meta.url), 'utf8');
    expect(new Set(text.match(/\bce_[a-z]+\b/g))).toEqual(sent);
  }
});
