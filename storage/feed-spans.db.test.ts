import { expect, test } from 'vitest';
import { appendEvents } from '../ledger/append.ts';
import { createReleaseActivities } from '../pipelines/release/activities.ts';
import { testDatabase } from '../test/support/database.ts';
import { judgedVersions } from '../test/support/judged-versions.ts';
import { purposes } from '../terms/purpose.ts';
import { entriesAfter } from './feeds.ts';

const { db } = await testDatabase();
const judged = await judgedVersions(db);
const { releasePartition } = createReleaseActivities({ db, appendEvents });
const all = { purposes, types: null, sources: null };

async function release(id: string, text: string | null, ...answers: { outcome: 'release' | 'release-with-flags'; purposes?: readonly string[] }[]): Promise<void> {
  const run = await judged.run();
  const version = await judged.land(run, id, text);
  for (const { outcome, ...more } of answers) await judged.judge(run, version, outcome, { ...more, ...(outcome === 'release-with-flags' ? { rule: 'some-rule' } : {}) });
  await releasePartition(await judged.partition(run));
}
const spans = async (): Promise<string[][]> => (await db.query<{ purposes: string[] }>('select purposes from feed_span order by first')).rows.map((row) => row.purposes);

test('entries that differ in purpose only are one row, with numbers of their own', async () => {
  await release('a', '{"a":1}', { outcome: 'release' });
  await release('b', '{"b":1}', { outcome: 'release' }, { outcome: 'release-with-flags', purposes: ['payment', 'training'] });
  expect(await spans()).toEqual([[...purposes], ['care', 'quality'], ['payment'], ['research'], ['training']].map((each) => expect.arrayContaining(each)));
  const entries = await entriesAfter(db, all, 0, 100);
  expect(entries.map((entry) => entry.sequence)).toEqual(Array.from({ length: 2 * purposes.length }, (_, place) => place + 1));
  expect(entries.map((entry) => entry.purpose)).toEqual([...purposes, ...purposes]);
});

test('a reader may stop and go on anywhere, also within a row', async () => {
  const whole = await entriesAfter(db, all, 0, 100);
  for (let after = 0; after < whole.length; after++) {
    for (const limit of [1, 3, 7]) expect(await entriesAfter(db, all, after, limit)).toEqual(whole.slice(after, after + limit));
  }
  for (const purpose of purposes) {
    const own = whole.filter((entry) => entry.purpose === purpose);
    expect(await entriesAfter(db, { ...all, purposes: [purpose] }, own[0]!.sequence - 1, 1)).toEqual(own.slice(0, 1));
    expect(await entriesAfter(db, { ...all, purposes: [purpose] }, own[0]!.sequence, 100)).toEqual(own.slice(1));
  }
});

test('each retraction is about the entry of its own purpose', async () => {
  const before = new Map((await entriesAfter(db, all, 0, 100)).slice(purposes.length).map((entry) => [entry.purpose, entry.sequence]));
  await release('b', null);
  const taken = (await entriesAfter(db, all, 2 * purposes.length, 100));
  expect(taken.map(({ kind, purpose, about }) => ({ kind, purpose, about }))).toEqual(
    purposes.map((purpose) => ({ kind: 'retraction', purpose, about: before.get(purpose) })));
  const { rows } = await db.query<{ purpose: string; about: string }>(`select purpose, about from feed_entry where kind = 'retraction' order by sequence`);
  expect(rows.map((row) => Number(row.about))).toEqual(purposes.map((purpose) => before.get(purpose)));
});
