import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { testDatabase } from '../../test/support/database.ts';
import { textsOf, trySource, type Pulled } from '../../test/support/try-source.ts';

const { db } = await testDatabase();
const stage = trySource(db);
let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ auth: false, defects: false }); });
afterEach(() => sandbox.behave());
afterAll(async () => { await stage.close(); await sandbox.stop(); });

const search = (more: object = {}) => stage.source('search', { url: sandbox.fhirBase, hydrate: [], overlapSeconds: 0, pageSize: 100, types: ['Encounter'], ...more });
const ids = ({ items }: Pulled): string[] => textsOf(items).map((text) => (JSON.parse(text) as { id: string }).id);
const allIds = (type: string): string[] => [...sandbox.store.current(type)].map(({ id }) => id).sort();
const skips = ({ items }: Pulled) => items.flatMap(({ skip }) => (skip === undefined ? [] : [skip]));
const names = ({ files }: Pulled) => files.map(({ name }) => name);
/** Searches are asked by the second: HTTP's Date header has no more. */
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));

test('all pages of a type come, each resource in the server’s bytes, each page a row of the run', async () => {
  const first = await stage.pull(await search());
  expect(ids(first).sort()).toEqual(allIds('Encounter'));
  expect(names(first)).toEqual(Array.from({ length: Math.ceil(allIds('Encounter').length / 100) }, (_, index) => `page/Encounter/1/1/00000${index + 1}`));
  expect(first.state).toBe('completed');
  const [item] = first.items;
  const answer = await (await fetch(`${sandbox.fhirBase}/Encounter?_count=100`)).text();
  expect(answer).toContain(Buffer.from(item?.bytes ?? '').toString());
});

test('without types it reads what the server offers of the clinical ones', async () => {
  const source = await stage.source('search', { url: sandbox.fhirBase, hydrate: [], pageSize: 500 });
  const run = await stage.begin(source);
  await stage.extract(run);
  const types = (await stage.filesOf(run)).map(({ type }) => type);
  expect(types).toContain('Patient');
  expect(types).not.toContain('AuditEvent');
});

describe('a second run', () => {
  test('reads the history: changes and deletions, nothing else', async () => {
    sandbox.put({ resourceType: 'Device', id: 'removed', status: 'active' });
    const source = await search({ types: ['Device'] });
    await aSecond();
    await stage.pull(source);
    await aSecond();
    sandbox.put({ resourceType: 'Device', id: 'changed', status: 'active' });
    sandbox.put({ resourceType: 'Device', id: 'changed', status: 'inactive' });
    sandbox.remove('Device', 'removed');
    const second = await stage.pull(source);
    expect(names(second)).toEqual(['changes/Device/1/1/000001']);
    expect(ids(second)).toEqual(['changed']);
    expect(Buffer.from(second.items.find(({ deleted, skip }) => deleted === undefined && skip === undefined)?.bytes ?? '').toString()).toContain('inactive');
    expect(second.items.flatMap(({ deleted }) => deleted ?? [])).toMatchObject([{ type: 'Device', id: 'removed', lastModified: expect.any(String) }]);
    expect(skips(second)).toEqual(['older-version']);
  });

  test('asks by _lastUpdated where its queries choose, and takes only deletions from the history', async () => {
    sandbox.put({ resourceType: 'Device', id: 'chosen-and-removed', status: 'active' });
    const source = await search({ types: ['Device'], queries: { Device: ['_id=chosen,chosen-and-removed'] } });
    await aSecond();
    expect(ids(await stage.pull(source))).toEqual(['chosen-and-removed']);
    await aSecond();
    sandbox.put({ resourceType: 'Device', id: 'chosen', status: 'active' });
    sandbox.put({ resourceType: 'Device', id: 'not-chosen', status: 'active' });
    sandbox.remove('Device', 'chosen-and-removed');
    const second = await stage.pull(source);
    expect(ids(second)).toEqual(['chosen']);
    expect(second.items.flatMap(({ deleted }) => deleted?.id ?? [])).toEqual(['chosen-and-removed']);
  });

  test.each(['refuse', 'ignore'])('reads all again where the server has neither (Epic; it would %s _lastUpdated)', async (answer) => {
    await sandbox.misbehave({ name: 'no-last-updated', answer });
    const source = await search({ queries: { Encounter: [''] } });
    const first = await stage.pull(source);
    const second = await stage.pull(source);
    expect(ids(second).sort()).toEqual(ids(first).sort());
    expect(second.state).toBe('completed');
    const { rows: [row] } = await db.query<{ n: number }>('select count(*)::int as n from version where run_id = $1', [second.run]);
    expect(row?.n).toBe(0);
  });
});

describe('next links that run out (Epic)', () => {
  test('begin the search anew: what was landed is unchanged, nothing lacks', async () => {
    await sandbox.misbehave({ name: 'next-link-expires', afterPages: 1, times: 1 });
    const pulled = await stage.pull(await search());
    expect(new Set(ids(pulled))).toEqual(new Set(allIds('Encounter')));
    expect(names(pulled)).toContain('page/Encounter/1/2/000001');
    expect(pulled.state).toBe('completed');
    const { rows: [row] } = await db.query<{ n: number }>('select count(*)::int as n from version where run_id = $1', [pulled.run]);
    expect(row?.n).toBe(allIds('Encounter').length);
  });

  test('end with an error when they always do; what came is kept', async () => {
    await sandbox.misbehave({ name: 'next-link-expires', afterPages: 1 });
    const { run, items, state } = await stage.pull(await search());
    expect(items.length).toBeGreaterThan(100);
    expect(state).toBe('completed-with-errors');
    expect(await stage.failed(run)).toEqual({ Encounter: 'ASSAY_SOURCE_PAGE_EXPIRED' });
  });
});

describe('pages', () => {
  test.each([true, false])('an OperationOutcome among the entries is skipped and counted (search.mode said: %s)', async (mode) => {
    await sandbox.misbehave({ name: 'outcome-in-searchset', mode });
    const pulled = await stage.pull(await search());
    expect(new Set(skips(pulled))).toEqual(new Set(['operation-outcome']));
    expect(ids(pulled).sort()).toEqual(allIds('Encounter'));
    expect(pulled.state).toBe('completed');
    const { rows: [row] } = await db.query<{ skipped: number }>('select sum(skipped)::int as skipped from received_chunk where run_id = $1', [pulled.run]);
    expect(row?.skipped).toBe(pulled.files.length);
  });

  test('search.mode may be absent', async () => {
    await sandbox.misbehave({ name: 'search-mode-absent' });
    expect(ids(await stage.pull(await search())).sort()).toEqual(allIds('Encounter'));
  });
});

describe('a type that the server refuses fails alone', () => {
  test('some categories of Observation (Cerner, Epic): the others are read', async () => {
    await sandbox.misbehave({ name: 'observation-category-refused', categories: ['survey'], required: true });
    const pulled = await stage.pull(await search({
      types: ['Observation', 'Patient'], queries: { Observation: ['category=vital-signs', 'category=survey'] },
    }));
    expect(await stage.failed(pulled.run)).toEqual({ Observation: 'ASSAY_SOURCE_SEARCH_REFUSED' });
    expect(pulled.state).toBe('completed-with-errors');
    const types = new Set(textsOf(pulled.items).map((text) => (JSON.parse(text) as { resourceType: string }).resourceType));
    expect(types).toEqual(new Set(['Observation', 'Patient']));
  });

  test('EpisodeOfCare needs type (Epic): refused without, read with it', async () => {
    sandbox.put({ resourceType: 'EpisodeOfCare', id: 'episode', status: 'active' });
    await sandbox.misbehave({ name: 'search-needs-parameter' });
    const without = await stage.pull(await search({ types: ['EpisodeOfCare'] }));
    expect(without.files).toMatchObject([{ state: 'failed', code: 'ASSAY_SOURCE_SEARCH_REFUSED', detail: 'HTTP 400, required' }]);
    const queries = { EpisodeOfCare: ['type=home'] };
    expect((await stage.pull(await search({ types: ['EpisodeOfCare'], queries }))).state).toBe('completed');
  });
});
