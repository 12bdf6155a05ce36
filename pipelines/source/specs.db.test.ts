import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { scriptedEhr, type Asked, type Scripted } from '../../test/support/scripted-ehr.ts';
import { testDatabase } from '../../test/support/database.ts';
import { textsOf, trySource } from '../../test/support/try-source.ts';
import { tokenHosts } from './token-hosts.ts';

// What the specifications let a server do that the sandbox does not: https://hl7.org/fhir/uv/bulkdata/, http://hl7.org/fhir/R4/http.html

const { db } = await testDatabase();
const stage = trySource(db, { secrets: { TOKEN: 'secret-token' } });
let answer: (asked: Asked) => Scripted | undefined = () => undefined;
let elsewhere: (asked: Asked) => Scripted | undefined = () => undefined;
let ehr: Awaited<ReturnType<typeof scriptedEhr>>;
let other: typeof ehr;
beforeAll(async () => {
  ehr = await scriptedEhr((asked) => answer(asked));
  other = await scriptedEhr((asked) => elsewhere(asked));
});
afterEach(() => { ehr.asked.length = other.asked.length = 0; });
afterAll(async () => { await stage.close(); await ehr.stop(); await other.stop(); });

const device = (id: string): string => `{"resourceType":"Device","id":"${id}"}\n`;
const file = (...ids: string[]): Scripted => ({ status: 200, body: ids.map(device).join(''), headers: { 'content-type': 'application/fhir+ndjson' } });
const manifest = (more: object): Scripted => ({ status: 200, body: { transactionTime: '2026-01-01T00:00:00Z', request: 'x', requiresAccessToken: true, output: [], ...more } });
/** Answers of an export by path; what is not named is its kick-off, its deletion, or not there. */
const exportOf = (paths: Record<string, Scripted | (() => Scripted)>) => ({ path, method }: Asked): Scripted | undefined => {
  if (path.includes('$export')) return { status: 202, headers: { 'content-location': '/jobs/1' } };
  if (method === 'DELETE') return { status: 202 };
  const found = paths[path];
  return typeof found === 'function' ? found() : found;
};
const source = (more: object = {}, auth: object = {}) => stage.source('bulk', { url: ehr.url, auth: { tokenEnv: 'TOKEN', ...auth }, hydrate: [], ...more });
const idsOf = (items: Parameters<typeof textsOf>[0]): string[] => textsOf(items).map((text) => (JSON.parse(text) as { id: string }).id);

describe('a manifest', () => {
  test('its addresses may be relative, and it may go on on further pages', async () => {
    answer = exportOf({
      '/jobs/1': manifest({ output: [{ type: 'Device', url: 'files/1' }], link: [{ relation: 'next', url: '1/page/2' }] }),
      '/jobs/1/page/2': manifest({ output: [{ type: 'Device', url: '/files/2' }] }),
      '/jobs/files/1': file('a'), '/files/2': file('b'),
    });
    const { items, state } = await stage.pull(await source());
    expect(state).toBe('completed');
    expect(idsOf(items)).toEqual(['a', 'b']);
  });

  test('is asked for again where a link of its ran out: the file goes on behind what is had', async () => {
    let polls = 0;
    answer = exportOf({
      '/jobs/1': () => manifest({ output: [{ type: 'Device', url: `${ehr.url}/files/${++polls}` }] }),
      '/files/1': { status: 403 }, '/files/2': file('a'),
    });
    const { items, state } = await stage.pull(await source());
    expect(state).toBe('completed');
    expect(idsOf(items)).toEqual(['a']);
  });

  test('a link that stays refused: the type failed', async () => {
    answer = exportOf({ '/jobs/1': manifest({ output: [{ type: 'Device', url: `${ehr.url}/files/1` }] }), '/files/1': { status: 410 } });
    const { run } = await stage.pull(await source());
    expect(await stage.failed(run)).toEqual({ Device: 'ASSAY_SOURCE_FILE_EXPIRED' });
  });
});

describe('files at another host', () => {
  const atOther = (requiresAccessToken: boolean) => exportOf({ '/jobs/1': manifest({ requiresAccessToken, output: [{ type: 'Device', url: `${other.url}/f` }] }) });
  const guarded = ({ headers }: Asked): Scripted => (headers.authorization === 'Bearer secret-token' ? file('a') : { status: 401 });
  const tokensSeen = () => other.asked.map(({ headers }) => headers.authorization);

  test('do not see the token; a host that wants it is named in the error', async () => {
    [answer, elsewhere] = [atOther(true), guarded];
    const { run, files } = await stage.pull(await source());
    expect(tokensSeen()).toEqual([undefined]);
    expect(await stage.failed(run)).toEqual({ Device: 'ASSAY_SOURCE_TOKEN_HOST' });
    expect(files[0]?.detail).toBe(`HTTP 401 from ${new URL(other.url).host}`);
  });

  test('see it where the settings name them', async () => {
    [answer, elsewhere] = [atOther(true), guarded];
    expect((await stage.pull(await source({}, { tokenHosts: [new URL(other.url).host] }))).state).toBe('completed');
    expect(tokensSeen()).toEqual(['Bearer secret-token']);
  });

  test('never see it where the manifest says that they need none', async () => {
    [answer, elsewhere] = [atOther(false), () => file('a')];
    expect((await stage.pull(await source({}, { tokenHosts: [new URL(other.url).host] }))).state).toBe('completed');
    expect(tokensSeen()).toEqual([undefined]);
  });

  test.each<[string, string, readonly string[], boolean]>([
    ['https://ehr.example/fhir', 'https://ehr.example/files', [], true],
    ['https://ehr.example/fhir', 'http://ehr.example/files', ['ehr.example'], false],
    ['https://ehr.example/fhir', 'https://files.ehr.example/1', [], false],
    ['https://ehr.example/fhir', 'https://FILES.ehr.example/1', ['Files.ehr.example'], true],
    ['https://ehr.example/fhir', 'https://ehr.example:8443/1', [], false],
    ['https://ehr.example/fhir', 'https://ehr.example.evil.example/1', [], false],
    ['http://localhost:9000/fhir', 'http://127.0.0.1:9000/1', [], true],
  ])('of %s: %s beside %j: %s', (base, url, more, expected) => {
    expect(tokenHosts(base, more)(new URL(url))).toBe(expected);
  });
});

test('a token that another download used up meanwhile is renewed again', async () => {
  let refusals = 0;
  const renewing = trySource(db, { secrets: { KEY: generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() } });
  answer = ({ path, headers }) => {
    if (path.endsWith('smart-configuration')) return { status: 200, body: { token_endpoint: `${ehr.url}/token` } };
    if (path === '/token') return { status: 200, body: { access_token: `t${refusals}`, expires_in: 300 } };
    return headers.authorization === 'Bearer t3' && path === '/f' ? file('a') : (refusals++, { status: 401 });
  };
  const connection = renewing.connections({ url: ehr.url, auth: { clientId: 'us', privateKeyEnv: 'KEY' } });
  expect((await connection.ask(`${ehr.url}/f`)).status).toBe(200);
  expect((await connection.ask(`${ehr.url}/g`)).status).toBe(401);
  await renewing.close();
});

describe('histories read for deletions that the manifest does not speak of', () => {
  const metadata = { status: 200, body: { resourceType: 'CapabilityStatement', rest: [{ mode: 'server', resource: [{ type: 'Device', interaction: [{ code: 'history-type' }] }] }] } };
  const deletion = { entry: [{ request: { method: 'DELETE', url: 'Device/a' }, response: { status: '204', lastModified: '2026-01-02T00:00:00Z' } }] };
  const with_ = (history: Scripted) => (asked: Asked): Scripted | undefined => asked.path.startsWith('/metadata') ? metadata
    : asked.path.includes('_history') ? history : exportOf({ '/jobs/1': manifest({ output: [{ type: 'Device', url: `${ehr.url}/f` }] }), '/f': file('a') })(asked);

  test('are read where the server has them', async () => {
    answer = with_({ status: 200, body: { resourceType: 'Bundle', type: 'history', ...deletion } });
    const known = await source({ types: ['Device'] });
    await stage.pull(known);
    expect((await stage.pull(known)).items.flatMap(({ deleted }) => (deleted === undefined ? [] : [deleted.id]))).toEqual(['a']);
  });

  test.each<[string, object, string]>([['nobody asked for them: noted', {}, 'completed'], ['they were asked for: the type failed', { deletionsFromHistory: true }, 'completed-with-errors']])(
    'refused, and %s', async (_what, more, state) => {
      answer = with_({ status: 403 });
      const known = await source({ types: ['Device'], ...more });
      await stage.pull(known);
      const second = await stage.pull(known);
      expect(second.state).toBe(state);
      expect(second.files.find(({ kind }) => kind === 'history')?.detail).toContain('HTTP 403');
    });
});

test('a server of another FHIR version is told apart, before anything lands', async () => {
  answer = () => ({ status: 200, body: { resourceType: 'CapabilityStatement', fhirVersion: '5.0.0', rest: [{ mode: 'server', resource: [] }] } });
  await expect(stage.pull(await stage.source('search', { url: ehr.url }))).rejects.toMatchObject({ code: 'ASSAY_SOURCE_OTHER_VERSION', detail: '5.0.0' });
});

test('a search whose pages are linked by a Link header', async () => {
  const page = (id: string, next?: string): Scripted => ({
    status: 200, body: { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { resourceType: 'Device', id } }] },
    headers: next === undefined ? {} : { link: `<${ehr.url}/Device>; rel="self", <${next}>; rel="next"` },
  });
  answer = ({ path }) => (path.startsWith('/metadata') ? { status: 200, body: { resourceType: 'CapabilityStatement', rest: [{ mode: 'server', resource: [] }] } }
    : path.includes('page=2') ? page('b') : page('a', 'Device?page=2'));
  const { items } = await stage.pull(await stage.source('search', { url: ehr.url, types: ['Device'], hydrate: [] }));
  expect(idsOf(items)).toEqual(['a', 'b']);
});
