import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { allMisbehaviours } from '../../sandbox/misbehaviour/all-misbehaviours.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { testDatabase } from '../../test/support/database.ts';
import { trySource } from '../../test/support/try-source.ts';

const { db } = await testDatabase();
const stage = trySource(db);
let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ auth: false, defects: false, exportSeconds: 0 }); });
afterEach(() => sandbox.behave());
afterAll(async () => { await stage.close(); await sandbox.stop(); });

test('whatever the sandbox can do wrong, a test of the source stage has it done', async () => {
  const tests = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.test.ts'));
  const text = (await Promise.all(tests.map((name) => readFile(join(import.meta.dirname, name), 'utf8')))).join('\n');
  expect(allMisbehaviours.map(({ name }) => name).filter((name) => !text.includes(`'${name}'`))).toEqual([]);
});

test('an export with every version of a resource, oldest first: the newest is the head, all are kept', async () => {
  for (const status of ['active', 'inactive', 'active']) sandbox.put({ resourceType: 'Device', id: 'thrice', status });
  await sandbox.misbehave({ name: 'history-in-export' });
  const source = await stage.source('bulk', { url: sandbox.fhirBase, types: ['Device'], hydrate: [] });
  const { run, state } = await stage.pull(source);
  expect(state).toBe('completed');
  const { rows } = await db.query(
    `select ordinal, version_id as version, head from version where run_id = $1 and logical_id = 'thrice' order by ordinal`, [run]);
  expect(rows).toEqual([1, 2, 3].map((ordinal) => ({ ordinal, version: String(ordinal), head: ordinal === 3 })));
  const again = await stage.pull(source, { full: true });
  // An older version that comes again is no news (contract 1): nothing has the head changed.
  const { rows: heads } = await db.query<{ version: string }>(`select version_id as version from version where source_id = $1 and logical_id = 'thrice' and head`, [source]);
  expect(heads).toEqual([{ version: '3' }]);
  expect(again.state).toBe('completed');
});

test('deletions from the history are of whatever types there are, when the source names none', async () => {
  sandbox.put({ resourceType: 'Basic', id: 'of-no-clinical-type', code: { text: 'x' } });
  await sandbox.misbehave({ name: 'deletions-omitted' });
  const source = await stage.source('bulk', { url: sandbox.fhirBase, hydrate: [], deletionsFromHistory: true });
  await stage.pull(source);
  sandbox.remove('Basic', 'of-no-clinical-type');
  const { items, files } = await stage.pull(source);
  expect(items.flatMap(({ deleted }) => (deleted === undefined ? [] : [`${deleted.type}/${deleted.id}`]))).toEqual(['Basic/of-no-clinical-type']);
  expect(files.map(({ name }) => name)).not.toContain('deletions/EpisodeOfCare/1/1/000001');
});
