import { expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import { beginRun, deletion, everyPurpose, judgeRun, landItems, releaseRun, resource } from '../test/support/recorded-run.ts';
import { settleFeed } from './feeds.ts';
import { feedsOverview, sourceExists, sourcesOverview } from './overview.ts';

const { db } = await testDatabase();

test('a source before its first run, and after one', async () => {
  await db.query(`insert into source (name, kind, settings) values ('idle', 'files', '{"folder": "/data/in"}')`);
  const { run } = await beginRun(db, 'busy');
  await landItems(db, run, 'Patient', [resource('Patient', 'p', 1), resource('Patient', 'q', 1), deletion('Patient', 'q')]);
  await db.query(`update run set state = 'completed', phase = 'done', finished_at = now() where id = $1`, [run]);
  const [busy, idle] = await sourcesOverview(db);
  expect(busy).toMatchObject({ name: 'busy', address: 'https://busy.example.org/fhir', resources: 1, waiting: 0, lastRun: { id: run, state: 'completed', phase: 'done' } });
  expect(busy?.lastGoodAt).toBeInstanceOf(Date);
  expect(idle).toMatchObject({ name: 'idle', kind: 'files', address: '/data/in', lastRun: null, lastGoodAt: null, resources: 0 });
  expect([await sourceExists(db, 'idle'), await sourceExists(db, 'none')]).toEqual([true, false]);
});

test('a feed counts the entries of its purpose, types and sources alone', async () => {
  const { run, source } = await beginRun(db, 'feeding');
  await landItems(db, run, null, [resource('Patient', 'p', 1), resource('Condition', 'c', 1)]);
  await judgeRun(db, run, () => everyPurpose('release'));
  await releaseRun(db, run);
  await settleFeed(db, { name: 'all', purpose: 'care', types: null, sources: null });
  await settleFeed(db, { name: 'conditions', purpose: 'care', types: ['Condition'], sources: [source] });
  await settleFeed(db, { name: 'elsewhere', purpose: 'training', types: null, sources: [source + 1000] });
  const feeds = await feedsOverview(db);
  expect(feeds.map(({ name, entries, sources, consumers }) => ({ name, entries, sources, consumers }))).toEqual([
    { name: 'all', entries: 2, sources: null, consumers: 0 },
    { name: 'conditions', entries: 1, sources: ['feeding'], consumers: 0 },
    { name: 'elsewhere', entries: 0, sources: null, consumers: 0 },
  ]);
  expect(Number(feeds[0]?.lastSequence)).toBeGreaterThan(0);
});
