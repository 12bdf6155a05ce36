import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { createProvider } from './provider.ts';

// A provider that answers with whatever ID token a case wants, and the keys that it is known by.
const [ours, theirs] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
let idToken: (nonce: string) => Promise<string> = async () => '';
let nonce = '';
const server = createServer((request, response) => {
  const answer = (body: object): void => { response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)); };
  const path = (request.url ?? '').split('?')[0];
  if (path === '/.well-known/openid-configuration') return answer({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] });
  if (path === '/jwks') return void exportJWK(ours.publicKey).then((key) => answer({ keys: [{ ...key, alg: 'RS256', use: 'sig', kid: '1' }] }));
  return void idToken(nonce).then((token) => answer({ access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: token }));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => { server.close(); });
const provider = createProvider({ issuer, clientId: 'console' });

async function signIn(fresh = false) {
  const begun = await provider.begin('http://127.0.0.1/auth/callback', fresh);
  ({ nonce } = begun);
  return provider.complete(new URL(`http://127.0.0.1/auth/callback?code=c&state=${begun.state}`), { ...begun, fresh });
}
const seconds = (): number => Math.floor(Date.now() / 1000);
const claims = (more: JWTPayload = {}): JWTPayload => ({ sub: 'mara', name: 'Mara', roles: ['steward'], nonce, iss: issuer, aud: 'console', iat: seconds(), exp: seconds() + 60, auth_time: seconds(), ...more });
const token = (more: JWTPayload = {}, key = ours.privateKey): Promise<string> => new SignJWT(claims(more)).setProtectedHeader({ alg: 'RS256', kid: '1' }).sign(key);

test('a token that is in order signs in', async () => {
  idToken = () => token();
  expect(await signIn()).toMatchObject({ subject: 'mara', roles: ['steward'], facilities: null });
  expect(await signIn(true)).toMatchObject({ subject: 'mara' });
});

test.for<[string, () => Promise<string>, boolean?]>([
  ['signed by another key', () => token({}, theirs.privateKey)],
  ['not signed at all', async () => new UnsecuredJWT(claims()).encode()],
  ['of another issuer', () => token({ iss: 'https://elsewhere.example' })],
  ['for another client', () => token({ aud: 'someone-else' })],
  ['for another sign-in (its nonce)', () => token({ nonce: 'another' })],
  ['that has expired', () => token({ iat: seconds() - 900, exp: seconds() - 600 })],
  ['of an old sign-in, where a new one was asked for', () => token({ auth_time: seconds() - 3600 }), true],
  ['that is no token', async () => 'x.y.z'],
])('a token %s is refused', async ([, forged, fresh]) => {
  idToken = forged;
  await expect(signIn(fresh)).rejects.toMatchObject({ code: 'ASSAY_SIGN_IN_REFUSED' });
});
