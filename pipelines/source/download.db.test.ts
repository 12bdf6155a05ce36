import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox, type TurnOn } from '../../sandbox/server.ts';
import { testDatabase } from '../../test/support/database.ts';
import { textsOf, trySource, type Pulled } from '../../test/support/try-source.ts';

// How a file of an export comes whole, or with an error of its own, whatever the server does.

const { db } = await testDatabase();
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const stage = trySource(db, { secrets: { KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() } });
let sandbox: Sandbox;
let whole: string[];

beforeAll(async () => {
  sandbox = await startSandbox({
    defects: false, exportSeconds: 0,
    clients: [{ clientId: 'assay', publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString() }],
  });
  whole = textsOf((await encounters()).items);
});
beforeEach(() => { stage.slept.length = 0; });
afterEach(() => sandbox.behave());
afterAll(async () => { await stage.close(); await sandbox.stop(); });

const source = (types = ['Encounter']) =>
  stage.source('bulk', { url: sandbox.fhirBase, auth: { clientId: 'assay', privateKeyEnv: 'KEY' }, types, hydrate: [] });
const encounters = async (): Promise<Pulled> => stage.pull(await source());

async function under(...misbehaviours: TurnOn[]): Promise<Pulled> {
  for (const one of misbehaviours) await sandbox.misbehave(one);
  return encounters();
}

describe('comes whole, each line once', () => {
  test.each<[string, TurnOn[]]>([
    ['307 to a storage host that refuses our Authorization (Cerner)', [{ name: 'download-redirects' }]],
    ['a token that ends in the middle: renewed, resumed by range (SMART)', [{ name: 'token-expires-mid-download', afterBytes: 40_000 }]],
    ['the same where ranges are ignored: what is had is passed over', [{ name: 'token-expires-mid-download', afterBytes: 40_000, times: 1 }, { name: 'ranges-ignored' }]],
    ['gzip whatever was asked', [{ name: 'gzip-always' }]],
    ['gzip that no header declares', [{ name: 'gzip-always', declared: false }]],
    ['gzip that breaks off in the middle', [{ name: 'gzip-always' }, { name: 'token-expires-mid-download', afterBytes: 20_000, times: 1 }]],
    ['a Content-Length that is too large', [{ name: 'wrong-content-length', by: 100 }]],
    ['a Content-Length that is too large, and no ranges', [{ name: 'wrong-content-length', by: 100 }, { name: 'ranges-ignored' }]],
    ['a Content-Length that is too small: the rest is asked for by range', [{ name: 'wrong-content-length', by: -100, times: 1 }]],
    ['a byte order mark', [{ name: 'byte-order-mark' }]],
  ])('%s', async (_what, misbehaviours) => {
    const { items, state, files } = await under(...misbehaviours);
    expect(textsOf(items)).toEqual(whole);
    expect(state).toBe('completed');
    expect(files.map(({ state: file }) => file)).toEqual(['done']);
  });

  test('tokens of a moment: one is asked for whenever it is needed', async () => {
    await sandbox.misbehave({ name: 'short-tokens', seconds: 1 });
    const run = await stage.begin(await source());
    await stage.extract(run);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await stage.landAll(run);
    expect(await stage.activities.closeRun(run)).toBe('completed');
  });
});

test('blank lines are no items, and keep their numbers', async () => {
  const { items } = await under({ name: 'blank-lines', every: 10 });
  expect(textsOf(items)).toEqual(whole);
  expect(items.slice(8, 12).map(({ line }) => line)).toEqual([9, 10, 12, 13]);
});

test('the same resource twice in one export: the second is unchanged', async () => {
  const { run, items } = await under({ name: 'same-resource-twice', resources: 3 });
  expect(items).toHaveLength(whole.length + 3);
  const { rows: [row] } = await db.query<{ n: number }>('select count(*)::int as n from version where run_id = $1', [run]);
  expect(row?.n).toBe(whole.length);
});

test('a line of 20 MB', async () => {
  await sandbox.misbehave({ name: 'huge-line' });
  const { items, state } = await stage.pull(await source(['DocumentReference']));
  expect(state).toBe('completed');
  expect(Math.max(...items.map(({ bytes }) => bytes.length))).toBeGreaterThan(20_000_000);
});

test('a Content-Length that is too small whatever is asked: the file cannot come whole, and that is said', async () => {
  const { run, items, state } = await under({ name: 'wrong-content-length', by: -100 });
  expect(textsOf(items).slice(0, -1)).toEqual(whole.slice(0, -1));
  expect(state).toBe('completed-with-errors');
  expect(await stage.failed(run)).toEqual({ Encounter: 'ASSAY_SOURCE_TRUNCATED' });
});

test('a truncated last line: the rest is kept, its bytes go to quarantine, the type failed and is asked for again', async () => {
  const { run, items, state, files } = await under({ name: 'truncated-last-line' });
  expect(textsOf(items).slice(0, -1)).toEqual(whole.slice(0, -1));
  expect(state).toBe('completed-with-errors');
  expect(await stage.failed(run)).toEqual({ Encounter: 'ASSAY_SOURCE_TRUNCATED' });
  expect(files[0]?.detail).toMatch(/^ASSAY_SOURCE_TRUNCATED/);
  const { rows } = await db.query<{ error_code: string }>('select error_code from quarantine where run_id = $1', [run]);
  expect(rows).toEqual([{ error_code: 'ASSAY_LINE_NOT_JSON' }]);
});

describe('an error of its own, and the run goes on', () => {
  test.each<[string, string, TurnOn]>([
    ['HTML where NDJSON was promised', 'ASSAY_SOURCE_NOT_NDJSON', { name: 'html-instead-of-ndjson' }],
    ['an OperationOutcome where NDJSON was promised', 'ASSAY_SOURCE_NOT_NDJSON', { name: 'outcome-instead-of-ndjson' }],
    ['files that are gone (Cerner: after 30 days)', 'ASSAY_SOURCE_FILE_EXPIRED', { name: 'files-expire', seconds: 0 }],
  ])('%s', async (_what, code, misbehaviour) => {
    const { run, items, state, files } = await under(misbehaviour);
    expect(items).toEqual([]);
    expect(files).toMatchObject([{ state: 'failed', code }]);
    expect(await stage.failed(run)).toEqual({ Encounter: code });
    expect(state).toBe('completed-with-errors');
  });
});

test('429, 500 and broken connections in a third of the answers: each try goes on where the last stood', async () => {
  const run = await stage.begin(await source());
  await stage.extract(run);
  await sandbox.misbehave({ name: 'random-failures', share: 0.33, seed: 7 });
  const waits: unknown[] = [];
  for (let [file] = await stage.activities.pendingFiles(run, 1); file !== undefined; [file] = await stage.activities.pendingFiles(run, 1)) {
    await stage.landing.landFile(file).catch((error: unknown) => waits.push(error));
    expect(waits.length).toBeLessThan(40);
  }
  const { rows: [row] } = await db.query<{ received: number }>('select sum(received)::int as received from received_chunk where run_id = $1', [run]);
  expect(row?.received).toBe(whole.length);
});
