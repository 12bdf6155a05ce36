import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { testDatabase } from '../../test/support/database.ts';
import { textsOf, trySource } from '../../test/support/try-source.ts';

// What is referenced and not in the export is fetched by reference (contract 8; seen at Epic).

const { db } = await testDatabase();
const stage = trySource(db);
let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ auth: false, defects: false, exportSeconds: 0 }); });
afterEach(() => sandbox.behave());
afterAll(async () => { await stage.close(); await sandbox.stop(); });

const bulk = (more: object = {}) => stage.source('bulk', { url: sandbox.fhirBase, ...more });
const keys = (texts: readonly string[]): string[] => texts.map((text) => {
  const { resourceType, id } = JSON.parse(text) as { resourceType: string; id: string };
  return `${resourceType}/${id}`;
}).sort();
const requests = async (run: string) => Object.fromEntries((await db.query<{ reference: string; outcome: string; resolved: string | null }>(
  'select reference, outcome, resolved from hydration_request where run_id = $1', [run])).rows.map(({ reference, outcome, resolved }) => [reference, resolved ?? outcome]));
const facts = async (source: number) => Object.fromEntries((await db.query<{ reference: string; fact: string }>(
  'select reference, fact from hydration_fact where source_id = $1', [source])).rows.map(({ reference, fact }) => [reference, fact]));
const about = (id: string, more: object) => sandbox.put({ resourceType: 'RiskAssessment', id, status: 'final', ...more });

test.each([['relative', undefined], ['absolute', 'absolute-references'], ['versioned', 'versioned-references']])(
  'linked resources that the export leaves out are fetched by reference: %s ones', async (_form, misbehaviour) => {
    await sandbox.misbehave({ name: 'linked-resources-omitted' });
    if (misbehaviour !== undefined) await sandbox.misbehave({ name: misbehaviour });
    const { run, hydrated, state } = await stage.pull(await bulk({ types: ['Encounter'], hydrate: ['Location', 'Organization', 'Practitioner'] }));
    expect(state).toBe('completed');
    const fetched = keys(textsOf(hydrated));
    expect(fetched.length).toBeGreaterThan(3);
    expect(new Set(fetched).size).toBe(fetched.length);
    const { rows } = await db.query<{ n: number }>(
      `select count(*)::int as n from version v join run_file f on f.id = v.file_id where v.run_id = $1 and f.kind = 'hydrated'`, [run]);
    expect(rows[0]?.n).toBe(fetched.length);
    const { rows: dangling } = await db.query(
      `select reference from version v, unnest(v.refs) as reference where v.run_id = $1 and reference ~ '^(Location|Organization|Practitioner)/'
        and not exists (select from version h where h.source_id = v.source_id and h.type || '/' || h.logical_id = reference)`, [run]);
    expect(dangling).toEqual([]);
  });

test('contained resources are not asked for', async () => {
  await sandbox.misbehave({ name: 'contained-resources', types: ['Location', 'Organization', 'Practitioner'] });
  const { run } = await stage.pull(await bulk({ types: ['Encounter'], hydrate: ['Location', 'Organization', 'Practitioner'] }));
  expect(Object.keys(await requests(run)).filter((reference) => !reference.includes('?'))).toEqual([]);
});

test('a fetched resource’s own references are fetched next', async () => {
  sandbox.put({ resourceType: 'Organization', id: 'parent' });
  sandbox.put({ resourceType: 'Organization', id: 'child', partOf: { reference: 'Organization/parent' } });
  about('chained', { basis: [{ reference: 'Organization/child' }] });
  const run = await stage.pull(await bulk({ types: ['RiskAssessment'], hydrate: ['Organization'] }));
  expect(keys(textsOf(run.hydrated))).toEqual(expect.arrayContaining(['Organization/child', 'Organization/parent']));
});

test('what is not there, was deleted or is refused becomes a fact, and is asked for once a run', async () => {
  sandbox.put({ resourceType: 'Practitioner', id: 'deleted' });
  sandbox.remove('Practitioner', 'deleted');
  about('lacking', { basis: [{ reference: 'Practitioner/never-was' }, { reference: 'Practitioner/deleted' }] });
  const source = await bulk({ types: ['RiskAssessment'], hydrate: ['Practitioner'] });
  const { run, state } = await stage.pull(source);
  expect(state).toBe('completed');
  expect(await requests(run)).toMatchObject({ 'Practitioner/never-was': 'absent-at-source', 'Practitioner/deleted': 'absent-at-source' });
  expect(await facts(source)).toMatchObject({ 'Practitioner/never-was': 'absent-at-source', 'Practitioner/deleted': 'absent-at-source' });
  expect((await stage.activities.hydrate(run)).more).toBe(false);
  sandbox.put({ resourceType: 'Practitioner', id: 'never-was' });
  about('lacking', { basis: [{ reference: 'Practitioner/never-was' }], occurrenceDateTime: '2026-01-01' });
  expect(keys(textsOf((await stage.pull(source)).hydrated))).toEqual(['Practitioner/never-was']);
  expect(Object.keys(await facts(source))).not.toContain('Practitioner/never-was');
});

test('a conditional reference means the one resource that its search finds', async () => {
  const system = 'http://hl7.org/fhir/sid/us-npi';
  sandbox.put({ resourceType: 'Practitioner', id: 'by-identifier', identifier: [{ system, value: '1' }] });
  for (const id of ['twin-1', 'twin-2']) sandbox.put({ resourceType: 'Practitioner', id, identifier: [{ system, value: '2' }] });
  about('conditional', { basis: ['1', '2', '3'].map((value) => ({ reference: `Practitioner?identifier=${system}|${value}` })) });
  const { run, hydrated } = await stage.pull(await bulk({ types: ['RiskAssessment'], hydrate: ['Practitioner'] }));
  expect(await requests(run)).toMatchObject({
    [`Practitioner?identifier=${system}|1`]: 'Practitioner/by-identifier',
    [`Practitioner?identifier=${system}|2`]: 'ambiguous',
    [`Practitioner?identifier=${system}|3`]: 'absent-at-source',
  });
  expect(keys(textsOf(hydrated))).toContain('Practitioner/by-identifier');
});

test('a batch that breaks off goes on where it stood, under the same lines', async () => {
  await sandbox.misbehave({ name: 'linked-resources-omitted' });
  const source = await bulk({ types: ['Encounter'], hydrate: ['Location', 'Organization', 'Practitioner'] });
  const run = await stage.begin(source);
  await stage.extract(run);
  await stage.landAll(run);
  expect((await stage.activities.hydrate(run)).more).toBe(true);
  const [file] = await stage.activities.pendingFiles(run, 1);
  const read = async (line: number) => {
    const found: number[] = [];
    for await (const item of stage.openItems(db, file ?? '', { offset: line - 1, line })) found.push(item.line);
    return found;
  };
  const all = await read(1);
  expect(all.length).toBeGreaterThan(5);
  expect(await read(4)).toEqual(all.filter((line) => line >= 4));
});

test('more references than a batch holds are planned at once, in several files, each asked for once', async () => {
  const ids = Array.from({ length: 1_100 }, (_, index) => `many-${index}`);
  about('many', { basis: ids.map((id) => ({ reference: `Practitioner/${id}` })) });
  const source = await bulk({ types: ['RiskAssessment'], hydrate: ['Practitioner'] });
  const run = await stage.begin(source);
  await stage.extract(run);
  await stage.landAll(run);
  expect((await stage.activities.hydrate(run)).asked).toBeGreaterThanOrEqual(1_100);
  expect((await stage.filesOf(run)).filter(({ kind }) => kind === 'hydrated')).toHaveLength(3);
  expect(await stage.activities.hydrate(run)).toEqual({ more: false, asked: 0 });
});

test('a source that fails at a fifth of all answers: each reference is asked for in place, and none is lost', async () => {
  const ids = Array.from({ length: 120 }, (_, index) => `shaky-${index}`);
  for (const id of ids) sandbox.put({ resourceType: 'Practitioner', id });
  about('shaky', { basis: ids.map((id) => ({ reference: `Practitioner/${id}` })) });
  const source = await bulk({ types: ['RiskAssessment'], hydrate: ['Practitioner'] });
  const run = await stage.begin(source);
  await stage.extract(run);
  await stage.landAll(run);
  await sandbox.misbehave({ name: 'random-failures', share: 0.2, seed: 3 });
  await stage.activities.hydrate(run);
  await stage.landAll(run);
  expect((await stage.filesOf(run)).filter(({ kind, state }) => kind === 'hydrated' && state !== 'done')).toEqual([]);
  const asked = Object.entries(await requests(run)).filter(([reference]) => reference.includes('shaky'));
  expect(asked.map(([, outcome]) => outcome)).toEqual(ids.map(() => 'fetched'));
});

test('what the source keeps failing at is neither there nor absent: the file says so, and the next run asks again', async () => {
  sandbox.put({ resourceType: 'Practitioner', id: 'broken' });
  about('refers-to-broken', { basis: [{ reference: 'Practitioner/broken' }, { reference: 'Practitioner/absent' }] });
  const source = await bulk({ types: ['RiskAssessment'], hydrate: ['Practitioner'] });
  const run = await stage.begin(source);
  await stage.extract(run);
  await stage.landAll(run);
  await stage.activities.hydrate(run);
  await db.query(`update hydration_request set outcome = 'absent-at-source' where run_id = $1 and reference <> 'Practitioner/broken'`, [run]);
  await sandbox.misbehave({ name: 'random-failures', share: 1, kinds: ['500'] });
  await stage.landAll(run);
  sandbox.behave();
  expect(await requests(run)).toMatchObject({ 'Practitioner/broken': 'failed' });
  expect((await stage.filesOf(run)).find(({ kind }) => kind === 'hydrated')).toMatchObject({ state: 'failed', code: 'ASSAY_SOURCE_REFERENCES_FAILED' });
  expect(Object.keys(await facts(source))).not.toContain('Practitioner/broken');
  expect(await stage.activities.closeRun(run)).toBe('completed-with-errors');
  expect(keys(textsOf((await stage.pull(source)).hydrated))).toContain('Practitioner/broken');
});
