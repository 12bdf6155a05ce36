import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { testDatabase } from '../../test/support/database.ts';
import { textsOf, trySource, type Pulled } from '../../test/support/try-source.ts';

// What a second run of an export asks for, and how deletions come (contract 5).

const { db } = await testDatabase();
const stage = trySource(db);
let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ auth: false, defects: false, exportSeconds: 0 }); });
afterEach(() => sandbox.behave());
afterAll(async () => { await stage.close(); await sandbox.stop(); });

const bulk = (more: object = {}) => stage.source('bulk', { url: sandbox.fhirBase, hydrate: [], overlapSeconds: 0, ...more });
const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, ...more });
const ids = ({ items }: Pulled): string[] => textsOf(items).map((text) => (JSON.parse(text) as { id: string }).id);
const deleted = ({ items }: Pulled) => items.flatMap(({ deleted: one }) => (one === undefined ? [] : [`${one.type}/${one.id}`]));
/** Watermarks and lastUpdated of the server may share a millisecond. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20));
const landed = async (run: string) => (await db.query<{ id: string; deletion: boolean }>(
  'select logical_id as id, deletion from version where run_id = $1 order by deletion, logical_id', [run])).rows;

test('the second run asks from the watermark: what changed lands, deleted[] becomes deletions', async () => {
  sandbox.put(patient('deleted-later'));
  sandbox.put(patient('changed-later'));
  const source = await bulk({ types: ['Patient'] });
  await stage.pull(source);
  await aMoment();
  sandbox.remove('Patient', 'deleted-later');
  sandbox.put(patient('changed-later', { active: true }));
  const second = await stage.pull(source);
  expect(ids(second)).toEqual(['changed-later']);
  expect(deleted(second)).toEqual(['Patient/deleted-later']);
  expect(await landed(second.run)).toEqual([{ id: 'changed-later', deletion: false }, { id: 'deleted-later', deletion: true }]);
});

test('a manifest without deleted[]: deletions come from the history, where that is asked for', async () => {
  sandbox.put(patient('gone'));
  const source = await bulk({ types: ['Patient'], deletionsFromHistory: true });
  await sandbox.misbehave({ name: 'deletions-omitted' });
  await stage.pull(source);
  await aMoment();
  sandbox.remove('Patient', 'gone');
  sandbox.put(patient('not-deleted'));
  const second = await stage.pull(source);
  expect(ids(second)).toEqual(['not-deleted']);
  expect(deleted(second)).toEqual(['Patient/gone']);
  expect(second.files.map(({ kind }) => kind)).toContain('history');
});

test('a type that failed keeps its watermark, and the next run asks from there', async () => {
  const source = await bulk({ types: ['Patient', 'Device'] });
  await stage.pull(source);
  const marks = async () => Object.fromEntries((await db.query<{ type: string; at: Date }>('select type, at from watermark where source_id = $1', [source])).rows.map(({ type, at }) => [type, at]));
  const before = await marks();
  await aMoment();
  sandbox.put({ resourceType: 'Device', id: 'late', status: 'active' });
  await sandbox.misbehave({ name: 'partial-success', types: ['Device'] });
  expect((await stage.pull(source)).state).toBe('completed-with-errors');
  const between = await marks();
  expect(between['Device']).toEqual(before['Device']);
  expect(between['Patient']?.getTime()).toBeGreaterThan(before['Patient']?.getTime() ?? Infinity);
  sandbox.behave();
  expect(ids(await stage.pull(source))).toEqual(['late']);
});

test('patients new to the group (HL7/bulk-data#82): the export is asked for in full once, then by _since again', async () => {
  const [one, two] = [...sandbox.store.current('Patient')].map(({ id }) => id);
  const member = (id: string | undefined) => ({ entity: { reference: `Patient/${id}` } });
  const group = { resourceType: 'Group', id: 'cohort', type: 'person', actual: true };
  sandbox.put({ ...group, member: [member(one)] });
  await sandbox.misbehave({ name: 'since-misses-new-members' });
  const source = await bulk({ level: 'group', group: 'cohort', types: ['Patient', 'Encounter'] });
  expect(ids(await stage.pull(source))).toContain(one);
  expect(ids(await stage.pull(source))).toEqual([]);
  sandbox.put({ ...group, member: [member(one), member(two)] });
  const third = await stage.pull(source);
  expect(ids(third)).toContain(two);
  expect(ids(third).length).toBeGreaterThan(2); // the encounters of before he joined
  expect(ids(await stage.pull(source))).toEqual([]);
});

test('a run since a time that leaves a gap, or of another group, does not move watermarks', async () => {
  const source = await bulk({ types: ['Patient'] });
  await stage.pull(source);
  const at = async () => (await db.query<{ at: Date }>('select at from watermark where source_id = $1', [source])).rows[0]?.at;
  const before = await at();
  await aMoment();
  await stage.pull(source, { since: new Date(Date.now() + 1_000).toISOString() });
  expect(await at()).toEqual(before);
  await stage.pull(source);
  expect((await at())?.getTime()).toBeGreaterThan(before?.getTime() ?? Infinity);
});
