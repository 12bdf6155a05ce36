import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import * as exportJob from './export-job.ts';
import { addFiles, pendingFiles } from './run-files.ts';
import * as source from './source.ts';

const { db } = await testDatabase();
let id = 0;
let count = 0;
beforeEach(async () => { id = await source.registerSource(db, { name: `s${++count}`, kind: 'bulk', settings: { url: 'http://ehr.example' } }); });

const begin = (asked: source.Asked = {}, startedBy = `w${++count}`) => db.transaction((tx) => source.beginRun(tx, id, startedBy, asked));
const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
/** A run of which some types failed, at an hour of the source's clock. */
async function ended(hour: number, types: readonly string[], { failed = [], asked = {} }: { failed?: readonly string[]; asked?: source.Asked } = {}): Promise<string> {
  const run = await begin(asked);
  await source.stateTransactionTime(db, run, at(hour));
  await source.startTypes(db, run, types);
  for (const type of failed) await source.failType(db, run, type, 'ASSAY_SOURCE_TRUNCATED');
  await db.transaction(async (tx) => { await source.finishTypes(tx, run); await source.moveWatermarks(tx, run); });
  return run;
}
const hours = async () => Object.fromEntries([...await source.watermarks(db, id)].map(([type, time]) => [type, time.getUTCHours()]));

test('a source registered again is the same, with its new settings', async () => {
  const again = await source.registerSource(db, { name: `s${count}`, kind: 'search', settings: {} });
  expect(again).toBe(id);
  expect(await source.sourceById(db, id)).toEqual({ id, name: `s${count}`, kind: 'search', settings: {} });
});

test('a source that is settled as it was is no news; with other settings it is', async () => {
  const settle = (settings: unknown, kind: source.SourceKind = 'bulk') => source.settleSource(db, { name: 'settled', kind, settings });
  const { id: first, changed } = await settle({ url: 'a', level: 'group' });
  expect(changed).toBe(true);
  expect(await settle({ level: 'group', url: 'a' })).toEqual({ id: first, changed: false });
  expect(await settle({ url: 'b' })).toEqual({ id: first, changed: true });
  expect(await settle({ url: 'b' }, 'search')).toEqual({ id: first, changed: true });
  expect(await source.sourceById(db, first)).toEqual({ id: first, name: 'settled', kind: 'search', settings: { url: 'b' } });
});

test('a run begun twice by one workflow is one run, as it was first asked', async () => {
  const run = await begin({ types: ['Patient'] }, 'workflow');
  expect(await begin({ types: ['Device'] }, 'workflow')).toBe(run);
  expect(await source.runById(db, run)).toMatchObject({ run, source: id, kind: 'bulk', asked: { types: ['Patient'] }, state: 'running', transactionTime: null });
});

test('the first transaction time stands', async () => {
  const run = await begin();
  await source.stateTransactionTime(db, run, at(1));
  await source.stateTransactionTime(db, run, at(2));
  expect((await source.runById(db, run))?.transactionTime).toEqual(at(1));
});

describe('watermarks (contract 5)', () => {
  test('move for the types without error, and never back', async () => {
    await ended(5, ['Patient', 'Device']);
    await ended(7, ['Patient', 'Device'], { failed: ['Device'] });
    expect(await hours()).toEqual({ Patient: 7, Device: 5 });
    await ended(6, ['Patient', 'Device']);
    expect(await hours()).toEqual({ Patient: 7, Device: 6 });
  });

  test('of all types at once: any error keeps them there, an error of no single type keeps all', async () => {
    await ended(5, ['*', 'Patient', 'Device']);
    await ended(6, ['*', 'Patient', 'Device'], { failed: ['Device'] });
    expect(await hours()).toEqual({ '*': 5, Patient: 6, Device: 5 });
    await ended(7, ['*', 'Patient', 'Device'], { failed: ['*'] });
    expect(await hours()).toEqual({ '*': 5, Patient: 6, Device: 5 });
  });

  test('stay after a run of a part', async () => {
    await ended(5, ['Patient'], { asked: { movesWatermarks: false } });
    expect(await hours()).toEqual({});
  });

  test('stay where a file of no single type failed', async () => {
    const run = await begin();
    await source.stateTransactionTime(db, run, at(5));
    await source.startTypes(db, run, ['Patient']);
    await addFiles(db, run, [{ name: 'deleted/1', kind: 'deleted', type: null, url: 'http://ehr.example/1' }]);
    await db.query(`update run_file set state = 'failed' where run_id = $1`, [run]);
    await db.transaction(async (tx) => { await source.finishTypes(tx, run); await source.moveWatermarks(tx, run); });
    expect(await hours()).toEqual({});
  });
});

test('a type keeps the first error it failed with', async () => {
  const run = await begin();
  await source.failType(db, run, 'Patient', 'ASSAY_SOURCE_TRUNCATED');
  await source.failType(db, run, 'Patient', 'ASSAY_SOURCE_FILE_EXPIRED');
  expect((await db.query('select type, state, error_code from run_type where run_id = $1', [run])).rows)
    .toEqual([{ type: 'Patient', state: 'failed', error_code: 'ASSAY_SOURCE_TRUNCATED' }]);
});

test('a run ends once; one that was held stays so', async () => {
  const end = (run: string, state: 'completed' | 'failed') => db.transaction((tx) => source.endRun(tx, run, state, null));
  const run = await begin();
  expect(await end(run, 'failed')).toEqual({ state: 'failed', first: true });
  expect(await end(run, 'completed')).toEqual({ state: 'failed', first: false });
  const held = await begin();
  await source.holdRun(db, held, 'ASSAY_SOURCE_SNAPSHOT_SMALL', 'Patient 6 of 100');
  expect(await end(held, 'completed')).toEqual({ state: 'held', first: true });
});

test('members of a group are known once a run that asked for them completed', async () => {
  const run = await begin();
  await db.transaction((tx) => source.recordMembers(tx, run, id, 'g', ['a', 'b']));
  expect(await source.newMembers(db, id, 'g', ['a', 'b', 'c'])).toBe(3);
  await db.transaction((tx) => source.endRun(tx, run, 'completed', null));
  expect(await source.newMembers(db, id, 'g', ['a', 'b', 'c'])).toBe(1);
  expect(await source.newMembers(db, id, 'another', ['a'])).toBe(1);
});

describe('export jobs (contract 6)', () => {
  test('the intent is written once, the status URL once', async () => {
    const run = await begin();
    expect([await exportJob.recordIntent(db, run), await exportJob.recordIntent(db, run)]).toEqual([true, false]);
    await exportJob.recordStatusUrl(db, run, 'http://ehr.example/jobs/1');
    await exportJob.recordStatusUrl(db, run, 'http://ehr.example/jobs/2');
    expect((await exportJob.exportJob(db, run))?.statusUrl).toBe('http://ehr.example/jobs/1');
  });

  test('jobs left are those of ended runs that were not released', async () => {
    const [ending, going, next] = [await begin(), await begin(), await begin()];
    for (const run of [ending, going]) {
      await exportJob.recordIntent(db, run);
      await exportJob.recordStatusUrl(db, run, `http://ehr.example/jobs/${run}`);
    }
    await db.transaction((tx) => source.endRun(tx, ending, 'failed', null));
    expect((await exportJob.jobsLeft(db, id, next)).map(({ run }) => run)).toEqual([ending]);
    await exportJob.recordReleased(db, ending);
    expect(await exportJob.jobsLeft(db, id, next)).toEqual([]);
  });

  test('counts are what the manifest says, where it says so', async () => {
    const run = await begin();
    await exportJob.recordIntent(db, run);
    await exportJob.recordManifest(db, run, { output: [{ url: 'a', count: 3 }, { url: 'b' }] });
    expect([await exportJob.announcedCount(db, run, 'a'), await exportJob.announcedCount(db, run, 'b'), await exportJob.announcedCount(db, run, 'c')]).toEqual([3, undefined, undefined]);
  });
});

test('files added again stay as they are; pending ones come in the order they were added', async () => {
  const run = await begin();
  const file = (name: string, url: string) => ({ name, kind: 'output' as const, type: 'Patient', url });
  await addFiles(db, run, [file('1', 'a'), file('2', 'b')]);
  await addFiles(db, run, [file('2', 'c'), file('3', 'd')]);
  const { rows } = await db.query<{ id: string; url: string }>('select id, url from run_file where run_id = $1 order by id', [run]);
  expect(rows.map(({ url }) => url)).toEqual(['a', 'b', 'd']);
  await db.query(`update run_file set state = 'done' where run_id = $1 and name = '1'`, [run]);
  expect(await pendingFiles(db, run, 1)).toEqual([rows[1]?.id]);
});
