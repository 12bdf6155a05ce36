import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { scratch } from '../../test/support/scratch.ts';
import { trySource } from '../../test/support/try-source.ts';

// A declared full snapshot: what it does not show was deleted, unless that is too much to believe (contract 5).

const { db } = await testDatabase();
const stage = trySource(db);
afterAll(() => stage.close());

const range = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
const lines = (type: string, ids: readonly string[]): string => ids.map((id) => `${JSON.stringify({ resourceType: type, id })}\n`).join('');

type Drop = Readonly<Record<string, string>>;
async function fill(folder: string, drop: Drop): Promise<void> {
  for (const [name, text] of Object.entries(drop)) await writeFile(join(folder, name), text);
}
async function snapshots(settings: object = { fullSnapshot: true }) {
  const folder = join(await scratch('snapshot'), 'drop');
  await mkdir(folder);
  return { source: await stage.source('files', { folder, ...settings }), fill: (drop: Drop) => fill(folder, drop) };
}
const deletions = async (run: string) => (await db.query<{ key: string }>(
  `select type || '/' || logical_id as key from version where run_id = $1 and deletion and head order by type, logical_id::int`, [run])).rows.map(({ key }) => key);
const runRow = async (run: string) => (await db.query<{ state: string; error_code: string | null; error_detail: string | null }>(
  'select state, error_code, error_detail from run where id = $1', [run])).rows[0];

test('what the second snapshot does not show becomes deletions; what it shows unchanged does not', async () => {
  const { source, fill } = await snapshots();
  await fill({ 'Patient.ndjson': lines('Patient', range(1, 100)), 'Device.ndjson': lines('Device', range(1, 5)) });
  expect(await deletions((await stage.pull(source)).run)).toEqual([]);
  await fill({ 'Patient.ndjson': lines('Patient', range(4, 101)) });
  const second = await stage.pull(source);
  expect(await deletions(second.run)).toEqual(['Patient/1', 'Patient/2', 'Patient/3']);
  expect(second.state).toBe('completed');
  expect(await deletions((await stage.pull(source)).run)).toEqual([]); // deleted once
  await fill({ 'Patient.ndjson': lines('Patient', range(3, 101)) });
  const back = await stage.pull(source);
  expect((await db.query<{ deletion: boolean; head: boolean }>(
    `select deletion, head from version where run_id = $1 and logical_id = '3'`, [back.run])).rows).toEqual([{ deletion: false, head: true }]);
});

test('nobody declared a full snapshot: nothing is taken back', async () => {
  const { source, fill } = await snapshots({});
  await fill({ 'Patient.ndjson': lines('Patient', range(1, 100)) });
  await stage.pull(source);
  await fill({ 'Patient.ndjson': lines('Patient', range(2, 100)) });
  expect(await deletions((await stage.pull(source)).run)).toEqual([]);
  expect(await deletions((await stage.pull(source, { full: true })).run)).toEqual(['Patient/1']);
});

test.each([
  ['more than 5% of the known ids', { 'Patient.ndjson': lines('Patient', range(7, 100)) }, 'Patient 6 of 100'],
  ['all of a type of ten or more', { 'Device.ndjson': '' }, 'Device 10 of 10'],
])('missing %s holds the run, takes nothing back, and says which type fell short', async (_what, drop, detail) => {
  const { source, fill } = await snapshots();
  await fill({ 'Patient.ndjson': lines('Patient', range(1, 100)), 'Device.ndjson': lines('Device', range(1, 10)), 'Group.ndjson': lines('Group', range(1, 300)) });
  await stage.pull(source);
  const before = (await db.query('select at, run_id from watermark where source_id = $1', [source])).rows;
  // The share is of the run's types together: so that 6 are too many, the 300 groups are out of its scope.
  const asked = detail.startsWith('Patient') ? { types: ['Patient'] } : {};
  await fill(drop);
  const held = await stage.pull(source, asked);
  expect(held.state).toBe('held');
  expect(await runRow(held.run)).toEqual({ state: 'held', error_code: 'ASSAY_SOURCE_SNAPSHOT_SMALL', error_detail: detail });
  expect(await deletions(held.run)).toEqual([]);
  expect((await db.query('select at, run_id from watermark where source_id = $1', [source])).rows).toEqual(before);
  expect(await stage.activities.applySnapshotDeletions(held.run)).toMatchObject({ held: true });
});

test('snapshotTolerance raises what is believed', async () => {
  const { source, fill } = await snapshots({ fullSnapshot: true, snapshotTolerance: 0.1 });
  await fill({ 'Patient.ndjson': lines('Patient', range(1, 100)) });
  await stage.pull(source);
  await fill({ 'Patient.ndjson': lines('Patient', range(11, 100)) });
  expect(await deletions((await stage.pull(source)).run)).toHaveLength(10);
});

test('types that failed, and those with a line in quarantine, say nothing of deletions', async () => {
  const { source, fill } = await snapshots();
  await fill({ 'Patient.ndjson': lines('Patient', range(1, 100)), 'Device.ndjson': lines('Device', range(1, 100)), 'Group.ndjson': lines('Group', range(1, 100)) });
  await stage.pull(source);
  await fill({
    'Patient.ndjson': `${lines('Patient', range(2, 100))}{"resourceType":"Pat`, // breaks off
    'Device.ndjson': `${lines('Device', range(2, 100))}not JSON\n`,
    'Group.ndjson': lines('Group', range(2, 100)),
  });
  const { run, state } = await stage.pull(source);
  expect(state).toBe('completed-with-errors');
  expect(await stage.failed(run)).toEqual({ Patient: 'ASSAY_SOURCE_TRUNCATED' });
  expect(await deletions(run)).toEqual(['Group/1']);
});

test('planned twice, the deletions are the same lines; landed again they change nothing', async () => {
  const { source, fill } = await snapshots();
  await fill({ 'Patient.ndjson': lines('Patient', range(1, 100)) });
  await stage.pull(source);
  await fill({ 'Patient.ndjson': lines('Patient', range(3, 100)) });
  const run = await stage.begin(source);
  await stage.extract(run);
  await stage.landAll(run);
  expect(await stage.activities.applySnapshotDeletions(run)).toEqual({ missing: 2, held: false });
  const [file = ''] = await stage.activities.pendingFiles(run, 1);
  await stage.activities.applySnapshotDeletions(run);
  expect(await stage.activities.pendingFiles(run, 9)).toEqual([file]);
  const read = async (line: number) => {
    const found: string[] = [];
    for await (const item of stage.openItems(db, file, { offset: line - 1, line })) found.push(`${item.line} ${item.deleted?.id}`);
    return found;
  };
  expect(await read(1)).toEqual(['1 1', '2 2']);
  expect(await read(2)).toEqual(['2 2']);
  await stage.landAll(run);
  expect(await deletions(run)).toEqual(['Patient/1', 'Patient/2']);
});
