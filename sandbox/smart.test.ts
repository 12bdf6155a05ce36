import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from './server.ts';
import { askToken, assertion, exportAll, getToken, kickOff, makeKey } from './trial-client.ts';

const elliptic = makeKey('ES384', 'elliptic'), rsa = makeKey('RS384', 'rsa'), pem = makeKey('RS384', 'pem');
let sandbox: Sandbox;
beforeAll(async () => {
  const publicKeyPem = createPublicKey(pem.privateKey).export({ type: 'spki', format: 'pem' }).toString();
  sandbox = await startSandbox({ clients: [elliptic.client, rsa.client, { clientId: 'pem', publicKeyPem }], exportSeconds: 0 });
});
afterAll(() => sandbox.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test.each([elliptic, rsa, pem])('a client gets a token with its key and reads with it ($alg)', async (key) => {
  const token = await getToken(sandbox, key);
  expect((await fetch(`${sandbox.fhirBase}/Patient`, { headers: bearer(token) })).status).toBe(200);
});

test('an assertion serves once', async () => {
  const signed = await assertion(elliptic, sandbox.tokenUrl);
  expect((await askToken(sandbox.tokenUrl, signed)).status).toBe(200);
  const again = await askToken(sandbox.tokenUrl, signed);
  expect([again.status, await again.json()]).toMatchObject([401, { error: 'invalid_client' }]);
});

test.each([
  ['another audience', () => assertion(elliptic, `${sandbox.fhirBase}/elsewhere`)],
  ['an exp past', () => assertion(elliptic, sandbox.tokenUrl, { exp: Math.floor(Date.now() / 1000) - 60 })],
  ['an exp more than five minutes ahead', () => assertion(elliptic, sandbox.tokenUrl, { exp: '20m' })],
  ['another key', () => assertion({ ...makeKey('ES384'), client: elliptic.client }, sandbox.tokenUrl)],
  ['an unknown client', () => assertion(makeKey('ES384', 'stranger'), sandbox.tokenUrl)],
])('an assertion with %s is refused', async (_what, sign) => {
  expect((await askToken(sandbox.tokenUrl, await sign())).status).toBe(401);
});

test('a scope that is none is refused', async () => {
  const answer = await askToken(sandbox.tokenUrl, await assertion(rsa, sandbox.tokenUrl), 'patient/*.read');
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_scope' }]);
});

test('everything but metadata and discovery needs a token', async () => {
  for (const path of ['/Patient', '/Patient/x', '/_history', '/bulk/x', '/bulk/x/y', '?_page=x.0'])
    expect((await fetch(sandbox.fhirBase + path)).status).toBe(401);
  expect((await kickOff(sandbox)).status).toBe(401);
  expect((await fetch(`${sandbox.fhirBase}/metadata`)).status).toBe(200);
  expect(await (await fetch(`${sandbox.fhirBase}/.well-known/smart-configuration`)).json()).toMatchObject({ token_endpoint: sandbox.tokenUrl });
});

test('scopes reach as far as they say', async () => {
  const narrow = bearer(await getToken(sandbox, rsa, 'system/Patient.rs'));
  expect((await fetch(`${sandbox.fhirBase}/Patient`, { headers: narrow })).status).toBe(200);
  expect((await fetch(`${sandbox.fhirBase}/Observation`, { headers: narrow })).status).toBe(403);
  expect((await kickOff(sandbox, '', '', narrow)).status).toBe(403);
  expect((await exportAll(sandbox, '?_type=Patient', '', narrow)).output).toHaveLength(1);
  const body = JSON.stringify({ resourceType: 'Patient', id: 'p' });
  const put = (headers: Record<string, string>) => fetch(`${sandbox.fhirBase}/Patient/p`, { method: 'PUT', body, headers: { ...headers, 'content-type': 'application/fhir+json' } });
  expect((await put(narrow)).status).toBe(403);
  expect((await put(bearer(await getToken(sandbox, rsa, 'system/*.cruds')))).status).toBe(201);
});

test('a token ends when its lifetime does, and a job is its client\'s own', async () => {
  const brief = await startSandbox({ clients: [elliptic.client, rsa.client], tokenSeconds: 0.05, exportSeconds: 0 });
  const token = await getToken(brief, elliptic);
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect((await fetch(`${brief.fhirBase}/Patient`, { headers: bearer(token) })).status).toBe(401);
  await brief.stop();
  const started = await kickOff(sandbox, '', '', bearer(await getToken(sandbox, elliptic)));
  const url = started.headers.get('content-location') ?? '';
  expect((await fetch(url, { headers: bearer(await getToken(sandbox, rsa)) })).status).toBe(404);
});
