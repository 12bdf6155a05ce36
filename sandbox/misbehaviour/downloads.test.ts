import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../server.ts';
import { exportAll, getToken, makeKey } from '../trial-client.ts';

// Misbehaviours of downloads and tokens: download-redirects, short-tokens, token-expires-mid-download,
// html-instead-of-ndjson, outcome-instead-of-ndjson, gzip-always, wrong-content-length, ranges-ignored, random-failures.

const key = makeKey();
let sandbox: Sandbox, headers: { authorization: string }, url: string, whole: Buffer;
const renew = async () => ({ authorization: `Bearer ${await getToken(sandbox, key)}` });

beforeAll(async () => {
  sandbox = await startSandbox({ defects: false, exportSeconds: 0, clients: [key.client] });
  headers = await renew();
  url = (await exportAll(sandbox, '?_type=Encounter', '', headers)).output[0]?.url ?? '';
  whole = await bytesOf(await request(url, { headers }));
});
afterEach(() => sandbox.behave());
afterAll(() => sandbox.stop());

const bytesOf = async ({ body }: { body: { arrayBuffer(): Promise<ArrayBuffer> } }) => Buffer.from(await body.arrayBuffer());
const statusOf = async (address: string, sent: Record<string, string>) => (await fetch(address, { headers: sent })).status;

/** What came before the connection broke. */
async function bytesUntilBroken(extra: Record<string, string> = {}) {
  const pieces: Buffer[] = [];
  const { body } = await request(url, { headers: { ...headers, ...extra } });
  try {
    for await (const piece of body) pieces.push(piece as Buffer);
    return { bytes: Buffer.concat(pieces), broken: false };
  } catch {
    return { bytes: Buffer.concat(pieces), broken: true };
  }
}

test('download-redirects: another origin serves the file, and refuses our Authorization', async () => {
  await sandbox.misbehave({ name: 'download-redirects' });
  const redirect = await request(url, { headers });
  await redirect.body.dump();
  const location = String(redirect.headers['location']);
  expect([redirect.statusCode, new URL(location).origin === new URL(url).origin]).toEqual([307, false]);
  expect(await statusOf(location, headers)).toBe(400);
  expect(whole.equals(await bytesOf(await request(location)))).toBe(true);
  const part = await request(location, { headers: { range: 'bytes=100-' } });
  expect([part.statusCode, whole.subarray(100).equals(await bytesOf(part))]).toEqual([206, true]);
});

test('short-tokens: a token of a moment is soon no longer good', async () => {
  await sandbox.misbehave({ name: 'short-tokens', seconds: 0.05 });
  const brief = await renew();
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(await statusOf(url, brief)).toBe(401);
});

test('token-expires-mid-download: renewed and resumed, the parts are the whole', async () => {
  await sandbox.misbehave({ name: 'token-expires-mid-download', afterBytes: 100_000 });
  let got = Buffer.alloc(0);
  let renewals = 0;
  for (let part = await bytesUntilBroken(); ; part = await bytesUntilBroken({ range: `bytes=${got.length}-` })) {
    got = Buffer.concat([got, part.bytes]);
    if (!part.broken) break;
    expect(await statusOf(url, headers)).toBe(401);
    headers = await renew();
    renewals++;
  }
  headers = await renew();
  expect(renewals).toBe(Math.ceil(whole.length / 100_000) - 1);
  expect(got.equals(whole)).toBe(true);
});

test('html-instead-of-ndjson: a page with status 200', async () => {
  await sandbox.misbehave({ name: 'html-instead-of-ndjson' });
  const answer = await request(url, { headers });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect((await bytesOf(answer)).toString()).toContain('<html>');
});

test('outcome-instead-of-ndjson: an OperationOutcome with status 200', async () => {
  await sandbox.misbehave({ name: 'outcome-instead-of-ndjson', times: 1 });
  const answer = await request(url, { headers });
  expect([answer.statusCode, await answer.body.json()]).toMatchObject([200, { resourceType: 'OperationOutcome' }]);
  expect(whole.equals(await bytesOf(await request(url, { headers })))).toBe(true);
});

test('gzip-always: compressed though identity was asked, declared or not', async () => {
  await sandbox.misbehave({ name: 'gzip-always' });
  const answer = await request(url, { headers: { ...headers, 'accept-encoding': 'identity', range: 'bytes=5-' } });
  expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([200, 'gzip']);
  expect(whole.equals(gunzipSync(await bytesOf(answer)))).toBe(true);
  await sandbox.misbehave({ name: 'gzip-always', declared: false });
  const undeclared = await request(url, { headers });
  expect(undeclared.headers['content-encoding']).toBeUndefined();
  expect(whole.equals(gunzipSync(await bytesOf(undeclared)))).toBe(true);
});

test('wrong-content-length: too long breaks, too short loses the end', async () => {
  await sandbox.misbehave({ name: 'wrong-content-length', by: 100 });
  const tooLong = await bytesUntilBroken();
  expect([tooLong.broken, tooLong.bytes.length]).toEqual([true, whole.length]);
  await sandbox.misbehave({ name: 'wrong-content-length', by: -100 });
  const { headers: promised, body } = await request(url, { headers, reset: true }).catch(() => ({ headers: {}, body: undefined }));
  await body?.dump().catch(() => undefined);
  expect(promised).toMatchObject({ 'content-length': String(whole.length - 100) });
});

test('ranges-ignored: the whole file for a range', async () => {
  await sandbox.misbehave({ name: 'ranges-ignored' });
  const answer = await request(url, { headers: { ...headers, range: 'bytes=100-' } });
  expect([answer.statusCode, whole.equals(await bytesOf(answer))]).toEqual([200, true]);
});

test('random-failures: about the share asked, of all three kinds, the same for the same seed', async () => {
  const round = async () => {
    await sandbox.misbehave({ name: 'random-failures', share: 0.5, seed: 3 });
    const seen: string[] = [];
    for (let asked = 0; asked < 60; asked++) {
      const { statusCode, body } = await request(url, { headers });
      seen.push(await body.arrayBuffer().then(() => String(statusCode), () => 'truncated'));
    }
    return seen;
  };
  const seen = await round();
  expect(new Set(seen)).toEqual(new Set(['200', '429', '500', 'truncated']));
  expect(seen.filter((what) => what !== '200').length).toBeGreaterThan(15);
  expect(await round()).toEqual(seen);
});
