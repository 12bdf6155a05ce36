import { expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import { beginRun, deletion, landItems, notJson, resource } from '../test/support/recorded-run.ts';
import { quarantineReasons, runDetail, runGoing, runs, runTypes } from './runs.ts';

const { db } = await testDatabase();

const { run } = await beginRun(db, 'north');
await landItems(db, run, 'Patient', [resource('Patient', 'p', 1), resource('Patient', 'q', 1), notJson()]);
await landItems(db, run, 'Patient', [resource('Patient', 'p', 1), deletion('Patient', 'q')]);
await db.query(`insert into run_type (run_id, type, state, error_code) values ($1, 'Patient', 'done', null), ($1, 'Claim', 'failed', 'ASSAY_SOURCE_TOKEN_REFUSED')`, [run]);

test('live counts of each type, a failed one that never gave a file included', async () => {
  expect(await runTypes(db, run)).toEqual([
    { type: 'Claim', state: 'failed', errorCode: 'ASSAY_SOURCE_TOKEN_REFUSED', files: 0, filesDone: 0, received: 0, landed: 0, deleted: 0, unchanged: 0, quarantined: 0 },
    { type: 'Patient', state: 'done', errorCode: null, files: 2, filesDone: 2, received: 5, landed: 2, deleted: 1, unchanged: 1, quarantined: 1 },
  ]);
  expect(await quarantineReasons(db, run)).toEqual([{ errorCode: 'ASSAY_LINE_NOT_JSON', lines: 1 }]);
});

test('a run with how far its phases are', async () => {
  await db.query(`insert into partition (run_id, number, patients, state) values ($1, 1, '{p}', 'released'), ($1, 2, '{q}', 'assessed'), ($1, 3, '{r}', 'pending')`, [run]);
  expect(await runDetail(db, run)).toMatchObject({
    id: run, source: 'north', state: 'running', phase: 'extract', received: 5, landed: 3, quarantined: 1, failedTypes: ['Claim'],
    files: { total: 2, done: 2, failed: 0 }, partitions: { total: 3, assessed: 2, released: 1 },
  });
  expect(await runDetail(db, '999999')).toBeUndefined();
});

test('runs newest first, by source, in pages; the one that is going', async () => {
  const later = await beginRun(db, 'south');
  const last = await beginRun(db, 'north');
  expect((await runs(db, 10)).map((one) => one.id)).toEqual([last.run, later.run, run]);
  expect((await runs(db, 10, { source: 'north', before: last.run })).map((one) => one.id)).toEqual([run]);
  expect(await runGoing(db, 'north')).toBe(last.run);
  await db.query(`update run set state = 'completed', finished_at = now() where id = any($1)`, [[run, last.run]]);
  expect(await runGoing(db, 'north')).toBeUndefined();
});
