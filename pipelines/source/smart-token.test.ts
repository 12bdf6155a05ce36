import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scriptedEhr, type Asked, type Scripted } from '../../test/support/scripted-ehr.ts';
import { createHttp } from './http.ts';
import { publicKeys } from './smart-key.ts';
import { createTokens } from './smart-token.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const jwk = (key: KeyObject, kid: string): object => ({ ...key.export({ format: 'jwk' }), kid });
const secrets: Record<string, string> = {
  EC: pem(ec), RSA: pem(rsa), JWK: JSON.stringify(jwk(ec, 'mine')),
  JWKS: JSON.stringify({ keys: [jwk(createPublicKey(rsa), 'public'), jwk(rsa, 'private')] }),
  BOTH: JSON.stringify({ keys: [jwk(rsa, 'rsa'), jwk(ec, 'ec')] }),
  P256: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), SHORT: pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey),
  TEXT: 'no key',
};

let ehr: Awaited<ReturnType<typeof scriptedEhr>>;
let answer: (asked: Asked) => Scripted | undefined;
let clock = 0;
let issued = 0;
const http = createHttp({ now: () => new Date(clock) });
const token = (seconds?: number): Scripted => ({ status: 200, body: { access_token: `t${++issued}`, token_type: 'bearer', ...(seconds === undefined ? {} : { expires_in: seconds }) } });
/** The server's clock is ours, where a test does not say otherwise. */
const dated = (given: Scripted | undefined): Scripted | undefined => given && { ...given, headers: { date: new Date(clock).toUTCString(), ...given.headers } };
beforeAll(async () => { ehr = await scriptedEhr((asked) => dated(answer(asked))); });
beforeEach(() => {
  clock = Date.UTC(2026, 0, 1);
  issued = 0;
  ehr.asked.length = 0;
});
afterAll(async () => { await http.agent.close(); await ehr.stop(); });

const known = { 'token_endpoint': '', 'scopes_supported': ['system/*.rs'] };
const tokensWith = (auth: object) => createTokens({ clientId: 'us', privateKeyEnv: 'EC', ...auth }, { http, base: ehr.url, secrets: (name) => secrets[name] });
const discovered = (seconds?: number) => ({ path }: Asked): Scripted | undefined =>
  path === '/token' ? token(seconds) : path.endsWith('smart-configuration') ? { status: 200, body: { ...known, token_endpoint: `${ehr.url}/token` } } : undefined;
const tokenRequests = (): Asked[] => ehr.asked.filter(({ path }) => path === '/token');

describe('the assertion', () => {
  test.each([['EC', 'ES384', ec], ['RSA', 'RS384', rsa], ['JWK', 'ES384', ec], ['JWKS', 'RS384', rsa]])('%s signs %s', async (name, alg, key) => {
    answer = discovered(300);
    await tokensWith({ privateKeyEnv: name }).get();
    const form = new URLSearchParams(tokenRequests()[0]?.body);
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'client_credentials', scope: 'system/*.rs', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    const { payload, protectedHeader } = await jwtVerify(form.get('client_assertion') ?? '', createPublicKey(key), { currentDate: new Date(clock), audience: `${ehr.url}/token` });
    expect(protectedHeader).toMatchObject({ alg, typ: 'JWT', kid: expect.any(String) });
    expect(payload).toMatchObject({ iss: 'us', sub: 'us', jti: expect.any(String) });
    expect((payload.exp ?? 0) - clock / 1000).toBeLessThanOrEqual(300);
  });

  test.each([['P256', 'ASSAY_SOURCE_KEY_UNUSABLE'], ['SHORT', 'ASSAY_SOURCE_KEY_UNUSABLE'], ['TEXT', 'ASSAY_SOURCE_KEY_UNUSABLE'], ['ABSENT', 'ASSAY_SOURCE_SECRET_ABSENT']])(
    'a key that cannot sign: %s', async (privateKeyEnv, code) => {
      answer = discovered(300);
      await expect(tokensWith({ privateKeyEnv }).get()).rejects.toMatchObject({ code });
    });

  test('what is shown for registration is the public half alone', async () => {
    const { keys } = await publicKeys({ clientId: 'us', privateKeyEnv: 'JWK' }, (name) => secrets[name]);
    expect(keys).toMatchObject([{ kid: 'mine', alg: 'ES384', kty: 'EC', use: 'sig' }]);
    expect(Object.keys(keys[0] ?? {})).not.toContain('d');
  });
});

describe('what the server says of itself', () => {
  const saying = (more: object) => (asked: Asked): Scripted | undefined =>
    asked.path.endsWith('smart-configuration') ? { status: 200, body: { token_endpoint: `${ehr.url}/token`, ...more } } : discovered(300)(asked);
  const scopes = (): string[] => tokenRequests().map(({ body }) => new URLSearchParams(body).get('scope') ?? '');
  const header = () => decodeProtectedHeader(new URLSearchParams(tokenRequests()[0]?.body).get('client_assertion') ?? '');

  test.each<[string, object, string]>([
    ['SMART 2 for all types', { scopes_supported: ['system/*.read', 'system/*.rs'] }, 'system/*.rs'],
    ['SMART 1 for all types', { scopes_supported: ['system/*.read'], capabilities: ['permission-v2'] }, 'system/*.read'],
    ['each type by itself', { scopes_supported: ['openid', 'patient/Patient.rs', 'system/Patient.rs', 'system/Observation.read', 'system/Task.c'] }, 'system/Patient.rs system/Observation.read'],
    ['nothing but its version', { capabilities: ['permission-v2'] }, 'system/*.rs'],
    ['nothing', {}, 'system/*.read'],
  ])('scopes: %s', async (_what, says, scope) => {
    answer = saying(says);
    await tokensWith({}).get();
    expect(scopes()).toEqual([scope]);
  });

  test('a scope that is refused is asked for in the other version’s words', async () => {
    answer = (asked) => (asked.path === '/token' && asked.body.includes('.read') ? { status: 400, body: { error: 'invalid_scope' } } : saying({})(asked));
    const tokens = tokensWith({});
    tokens.refused(await tokens.get());
    await tokens.get();
    expect(scopes()).toEqual(['system/*.read', 'system/*.rs', 'system/*.rs']);
  });

  test('of several keys the one that the server takes signs; the address of our keys goes along where it is configured', async () => {
    answer = saying({ token_endpoint_auth_signing_alg_values_supported: ['RS256', 'ES384'] });
    await tokensWith({ privateKeyEnv: 'BOTH', jwksUrl: 'https://us.example/jwks.json' }).get();
    expect(header()).toEqual({ alg: 'ES384', kid: 'ec', typ: 'JWT', jku: 'https://us.example/jwks.json' });
  });

  test('a key that the server does not take: the refusal says which it would', async () => {
    answer = (asked) => (asked.path === '/token' ? { status: 401, body: { error: 'invalid_client' } } : saying({ token_endpoint_auth_signing_alg_values_supported: ['RS384', 'canary'] })(asked));
    await expect(tokensWith({}).get()).rejects.toMatchObject({ code: 'ASSAY_SOURCE_TOKEN_REFUSED', detail: 'HTTP 401, invalid_client, it takes RS384' });
  });
});

describe('clocks that differ', () => {
  /** A server that takes what was issued not later than now and ends within five minutes, by its own clock. */
  const strict = (aheadMs: number) => (asked: Asked): Scripted | undefined => {
    const now = clock + aheadMs;
    const headers = { date: new Date(now).toUTCString() };
    if (asked.path !== '/token') return discovered()(asked);
    const { iat = 0, exp = 0 } = decodeJwt(new URLSearchParams(asked.body).get('client_assertion') ?? '');
    return iat * 1000 <= now && exp * 1000 > now && exp * 1000 <= now + 300_000 ? { ...token(300), headers } : { status: 400, headers, body: { error: 'invalid_client' } };
  };

  test.each([['ten minutes ahead', 600_000], ['seven minutes behind', -420_000]])('the server is %s: after one refusal its clock is gone by', async (_what, aheadMs) => {
    answer = strict(aheadMs);
    const tokens = tokensWith({});
    tokens.refused(await tokens.get());
    expect(await tokens.get()).toBe('t2');
    expect(tokenRequests()).toHaveLength(3);
  });

  test('where that does not help the error says how far they differ', async () => {
    answer = (asked) => (asked.path === '/token' ? { status: 401, body: { error: 'invalid_client' }, headers: { date: new Date(clock - 240_000).toUTCString() } } : discovered()(asked));
    await expect(tokensWith({}).get()).rejects.toMatchObject({ code: 'ASSAY_SOURCE_TOKEN_REFUSED', detail: 'HTTP 401, invalid_client, its clock is 240 s behind ours' });
    expect(tokenRequests()).toHaveLength(2);
  });
});

describe('renewal', () => {
  test('a token serves until shortly before its end; requests at once share one', async () => {
    answer = discovered(300);
    const tokens = tokensWith({});
    expect(await Promise.all([tokens.get(), tokens.get(), tokens.get()])).toEqual(['t1', 't1', 't1']);
    clock += 269_000;
    expect(await tokens.get()).toBe('t1');
    clock += 2_000;
    expect(await tokens.get()).toBe('t2');
  });

  test('one of a few seconds serves for most of them; one without expires_in for five minutes', async () => {
    answer = discovered(10);
    const brief = tokensWith({});
    await brief.get();
    clock += 7_000;
    expect(await brief.get()).toBe('t1');
    clock += 2_000;
    expect(await brief.get()).toBe('t2');
    answer = discovered();
    const silent = tokensWith({});
    const first = await silent.get();
    clock += 200_000;
    expect(await silent.get()).toBe(first);
  });

  test('one that was refused is not used again', async () => {
    answer = discovered(300);
    const tokens = tokensWith({});
    tokens.refused(await tokens.get());
    expect(await tokens.get()).toBe('t2');
    tokens.refused('t1'); // an older one, by a slower download
    expect(await tokens.get()).toBe('t2');
  });
});

describe('where tokens are given out', () => {
  const uris = { url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris', extension: [{ url: 'token', valueUri: '' }] };

  test('an older server says it in its CapabilityStatement, and has SMART 1 scopes', async () => {
    const extension = [{ ...uris, extension: [{ url: 'token', valueUri: `${ehr.url}/token` }] }];
    answer = ({ path }) => (path === '/token' ? token(300) : path === '/metadata' ? { status: 200, body: { resourceType: 'CapabilityStatement', rest: [{ security: { extension } }] } } : undefined);
    await tokensWith({}).get();
    expect(new URLSearchParams(tokenRequests()[0]?.body).get('scope')).toBe('system/*.read');
  });

  test('a relative address is one under the FHIR base', async () => {
    answer = ({ path }) => (path === '/auth/token' ? token(300) : { status: 200, body: { token_endpoint: 'auth/token' } });
    expect(await tokensWith({}).get()).toBe('t1');
  });

  test('the settings, where the server does not say', async () => {
    answer = ({ path }) => (path === '/token' ? token(300) : undefined);
    await tokensWith({ tokenUrl: `${ehr.url}/token`, scope: 'system/Patient.rs' }).get();
    expect(ehr.asked.map(({ path }) => path)).toEqual(['/token']);
    await expect(tokensWith({}).get()).rejects.toMatchObject({ code: 'ASSAY_SOURCE_TOKEN_ENDPOINT_UNKNOWN' });
  });

  test.each<[string, Scripted, object]>([
    ['the client is unknown', { status: 400, body: { error: 'invalid_client', error_description: 'canary' } }, { code: 'ASSAY_SOURCE_TOKEN_REFUSED', detail: 'HTTP 400, invalid_client' }],
    ['an answer without token', { status: 200, body: {} }, { code: 'ASSAY_SOURCE_TOKEN_REFUSED' }],
    ['too many requests', { status: 429, headers: { 'retry-after': '9' } }, { code: 'ASSAY_SOURCE_BUSY', waitMs: 9_000 }],
    ['a server error', { status: 500 }, { code: 'ASSAY_SOURCE_SERVER_ERROR' }],
  ])('%s', async (_what, given, expected) => {
    answer = (asked) => (asked.path === '/token' ? given : discovered()(asked));
    await expect(tokensWith({}).get()).rejects.toMatchObject(expected);
  });
});
