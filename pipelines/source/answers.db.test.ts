import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { scriptedEhr, type Asked, type Scripted } from '../../test/support/scripted-ehr.ts';
import { testDatabase } from '../../test/support/database.ts';
import { trySource } from '../../test/support/try-source.ts';

// What single answers of a server are taken for.

const { db } = await testDatabase();
const stage = trySource(db, { secrets: { TOKEN: 'secret-token' } });
let answer: (asked: Asked) => Scripted | undefined = () => undefined;
let ehr: Awaited<ReturnType<typeof scriptedEhr>>;
let other: typeof ehr;
beforeAll(async () => {
  ehr = await scriptedEhr((asked) => answer(asked));
  other = await scriptedEhr((asked) => (asked.path.startsWith('/page') ? { status: 200, body: { resourceType: 'Bundle', entry: [] } } : undefined));
});
afterEach(() => { ehr.asked.length = 0; });
afterAll(async () => { await stage.close(); await ehr.stop(); await other.stop(); });

const outcome = (code: string) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics: 'Patient Jane Canary' }] });
const settings = (more: object = {}) => ({ url: ehr.url, auth: { tokenEnv: 'TOKEN' }, hydrate: [], ...more });
const begun = async () => stage.begin(await stage.source('bulk', settings()));
const job = '/jobs/1?ticket=canary';
const accepted: Scripted = { status: 202, headers: { 'content-location': job } };

describe('a kick-off', () => {
  test.each<[string, Scripted, string]>([
    ['refused', { status: 400, body: outcome('not-supported') }, 'ASSAY_SOURCE_KICKOFF_REFUSED'],
    ['of a group that is not there', { status: 404 }, 'ASSAY_SOURCE_KICKOFF_REFUSED'],
    ['not allowed', { status: 403 }, 'ASSAY_SOURCE_FORBIDDEN'],
    ['accepted without an address', { status: 202 }, 'ASSAY_SOURCE_KICKOFF_REFUSED'],
    ['answered with success and no job', { status: 200, body: {} }, 'ASSAY_SOURCE_KICKOFF_REFUSED'],
    ['when the server is down', { status: 503, headers: { 'retry-after': '60' } }, 'ASSAY_SOURCE_BUSY'],
    ['that the server fails at', { status: 500 }, 'ASSAY_SOURCE_SERVER_ERROR'],
    ['of a client that is to ask again in a second', { status: 429, headers: { 'retry-after': '1' } }, 'ASSAY_SOURCE_BUSY'],
    ['of a client that is to ask again in hours', { status: 429, headers: { 'retry-after': '7200' } }, 'ASSAY_SOURCE_EXPORT_BUSY'],
    ['of a client that has an export', { status: 429 }, 'ASSAY_SOURCE_EXPORT_BUSY'],
    ['with a token that is refused twice', { status: 401 }, 'ASSAY_SOURCE_TOKEN_REFUSED'],
  ])('%s', async (_what, given, code) => {
    answer = () => given;
    await expect(stage.activities.kickOff(await begun())).rejects.toMatchObject({ code });
  });
});

describe('a poll', () => {
  const polled = async (given: Scripted) => {
    answer = ({ path }) => (path.includes('$export') ? accepted : given);
    const run = await begun();
    await stage.activities.kickOff(run);
    return stage.activities.pollExport(run);
  };

  test.each<[string, Scripted, number]>([
    ['still running, no time named', { status: 202 }, 1_000],
    ['too many requests', { status: 429, headers: { 'retry-after': '30' } }, 30_000],
    ['a gateway that is down', { status: 502 }, 1_000],
    ['an error that calls itself transient', { status: 500, body: outcome('transient'), headers: { 'retry-after': '5' } }, 5_000],
  ])('%s: wait', async (_what, given, waitMs) => {
    expect(await polled(given)).toEqual({ done: false, waitMs });
  });

  test.each<[string, Scripted, string]>([
    ['failed', { status: 500, body: outcome('exception') }, 'ASSAY_SOURCE_EXPORT_FAILED'],
    ['an error that says nothing', { status: 500, body: 'oops' }, 'ASSAY_SOURCE_SERVER_ERROR'],
    ['an OperationOutcome for a manifest', { status: 200, body: outcome('exception') }, 'ASSAY_SOURCE_EXPORT_FAILED'],
    ['no manifest', { status: 200, body: '<html>' }, 'ASSAY_SOURCE_MANIFEST_INVALID'],
    ['a manifest without transactionTime', { status: 200, body: { output: [] } }, 'ASSAY_SOURCE_MANIFEST_INVALID'],
    ['a manifest whose file has no address', { status: 200, body: { transactionTime: '2026-01-01T00:00:00Z', output: [{ type: 'Patient' }] } }, 'ASSAY_SOURCE_MANIFEST_INVALID'],
  ])('%s: an error', async (_what, given, code) => {
    await expect(polled(given)).rejects.toMatchObject({ code });
  });

  test('one that fails now and then is asked again before its export is believed to have failed', async () => {
    let polls = 0;
    const manifest = { transactionTime: '2026-01-01T00:00:00Z', requiresAccessToken: true, output: [] };
    answer = ({ path }) => (path.includes('$export') ? accepted : ++polls < 4 ? { status: 500, body: outcome('exception') } : { status: 200, body: manifest });
    const run = await begun();
    await stage.activities.kickOff(run);
    expect(await stage.activities.pollExport(run)).toEqual({ done: true, waitMs: 0 });
  });

  test('one that the server forgot is asked for again; a server that forgets each time is believed', async () => {
    const asks = () => ehr.asked.filter(({ path }) => path.includes('$export')).length;
    const manifest = { transactionTime: '2026-01-01T00:00:00Z', requiresAccessToken: true, output: [] };
    answer = ({ path, method }) => (path.includes('$export') ? accepted : method === 'DELETE' ? { status: 202 } : asks() < 3 ? { status: 404 } : { status: 200, body: manifest });
    expect((await stage.pull(await stage.source('bulk', settings()))).state).toBe('completed');
    expect(asks()).toBe(3);
    answer = ({ path }) => (path.includes('$export') ? accepted : { status: 404 });
    await expect(stage.pull(await stage.source('bulk', settings()))).rejects.toMatchObject({ code: 'ASSAY_SOURCE_EXPORT_GONE' });
    expect(asks()).toBe(3 + 4);
  });

  test('without a time named, polls come slower the longer the export takes', async () => {
    answer = ({ path }) => (path.includes('$export') ? accepted : { status: 202 });
    const run = await begun();
    await stage.activities.kickOff(run);
    for (const [age, waitMs] of [['40 seconds', 10_000], ['2 hours', 60_000]] as const) {
      await db.query(`update export_job set intended_at = now() - $2::interval where run_id = $1`, [run, age]);
      expect(Math.round((await stage.activities.pollExport(run)).waitMs / 1_000)).toBe(waitMs / 1_000);
    }
  });

  test('an export of nothing is done', async () => {
    const manifest = { transactionTime: '2026-01-01T00:00:00Z', requiresAccessToken: true, output: [], message: 'nothing' };
    answer = ({ path, method }) => (path.includes('$export') ? accepted : method === 'DELETE' ? { status: 202 } : { status: 200, body: manifest });
    expect((await stage.pull(await stage.source('bulk', settings()))).state).toBe('completed');
  });
});

test('a file whose lines are fewer than the manifest counts: the type failed', async () => {
  const body = '{"resourceType":"Patient","id":"1"}\n';
  const manifest = { transactionTime: '2026-01-01T00:00:00Z', requiresAccessToken: false, output: [{ type: 'Patient', url: `${ehr.url}/file`, count: 2 }] };
  answer = ({ path }) => (path.includes('$export') ? accepted : path === '/file' ? { status: 200, body, headers: { 'content-type': 'application/fhir+ndjson' } } : { status: 200, body: manifest });
  const { run, state } = await stage.pull(await stage.source('bulk', settings()));
  expect(state).toBe('completed-with-errors');
  expect(await stage.failed(run)).toEqual({ Patient: 'ASSAY_SOURCE_TRUNCATED' });
  expect(ehr.asked.find(({ path }) => path === '/file')?.headers.authorization).toBeUndefined();
  expect(ehr.asked.find(({ path }) => path.startsWith('/jobs'))?.headers.authorization).toBe('Bearer secret-token');
});

describe('a page', () => {
  const bundle = (next: string | undefined, ...resources: object[]): Scripted => ({
    status: 200, body: { resourceType: 'Bundle', type: 'searchset', ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }), entry: resources.map((resource) => ({ resource })) },
  });
  const capability: Scripted = { status: 200, body: { resourceType: 'CapabilityStatement', rest: [{ mode: 'server', resource: [] }] } };
  const search = async (given: (asked: Asked) => Scripted | undefined) => {
    answer = (asked) => (asked.path.startsWith('/metadata') ? capability : given(asked));
    return stage.pull(await stage.source('search', settings({ types: ['Patient'] })));
  };

  test('a next link to another server is followed without our token', async () => {
    other.asked.length = 0;
    const { state } = await search(() => bundle(`${other.url}/page?2`, { resourceType: 'Patient', id: '1' }));
    expect(state).toBe('completed');
    expect(other.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('a relative next link', async () => {
    const { files } = await search(({ path }) => bundle(path.includes('page') ? undefined : 'Patient?page=2'));
    expect(files.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test.each<[string, (asked: Asked) => Scripted, string]>([
    ['next links in a circle', ({ path }) => bundle(path.includes('=b') ? `${ehr.url}/Patient?x=a` : `${ehr.url}/Patient?x=b`), 'ASSAY_SOURCE_PAGE_INVALID'],
    ['HTML', () => ({ status: 200, body: '<html>' }), 'ASSAY_SOURCE_PAGE_INVALID'],
    ['an OperationOutcome with status 200', () => ({ status: 200, body: outcome('forbidden') }), 'ASSAY_SOURCE_SEARCH_REFUSED'],
    ['403', () => ({ status: 403, body: outcome('forbidden') }), 'ASSAY_SOURCE_FORBIDDEN'],
  ])('%s: the type failed, the run goes on', async (_what, given, code) => {
    const { run, state } = await search(given);
    expect(state).toBe('completed-with-errors');
    expect(await stage.failed(run)).toEqual({ Patient: code });
  });

  test('an outcome of severity error among the entries: what came is kept, the type is asked for again', async () => {
    const { run, items } = await search(() => bundle(undefined, { resourceType: 'Patient', id: '1' }, outcome('processing')));
    expect(items).toHaveLength(2);
    expect(await stage.failed(run)).toEqual({ Patient: 'ASSAY_SOURCE_EXPORT_PARTIAL' });
  });
});

test('no error says what a body, an address or a token said', async () => {
  answer = ({ path }) => (path.includes('$export') ? accepted : { status: 410, body: outcome('exception') });
  const run = await begun();
  const gone: unknown = await stage.extract(run).catch((error: unknown) => error);
  const down = await stage.begin(await stage.source('search', { url: 'http://127.0.0.1:1/fhir?secret=canary', hydrate: [] }));
  const unreachable: unknown = await stage.activities.discoverFiles(down).catch((error: unknown) => error);
  for (const error of [gone, unreachable]) {
    expect(error).toMatchObject({ name: 'AssayError' });
    const said = `${String(error)} ${JSON.stringify(error, Object.getOwnPropertyNames(error))} ${JSON.stringify(error instanceof Error ? error.cause ?? null : null)}`;
    expect(said).not.toMatch(/canary|secret-token|127\.0\.0\.1|Jane/i);
  }
});
