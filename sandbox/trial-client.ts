import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import type { Client, Sandbox } from './server.ts';
import type { JWK } from 'jose';
import { SignJWT } from 'jose';

// A plain client for the sandbox's own tests: it makes a key, gets tokens, exports and downloads.

export type TrialKey = { client: Client; privateKey: KeyObject; alg: 'RS384' | 'ES384' };

export function makeKey(alg: 'RS384' | 'ES384' = 'ES384', clientId = 'trial'): TrialKey {
  const { privateKey, publicKey } = alg === 'ES384'
    ? generateKeyPairSync('ec', { namedCurve: 'P-384' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...(publicKey.export({ format: 'jwk' }) as JWK), kid: 'one', alg, use: 'sig' };
  return { client: { clientId, jwks: { keys: [jwk] } }, privateKey, alg };
}

export const assertion = ({ client, privateKey, alg }: TrialKey, audience: string, claims: { jti?: string; exp?: number | string } = {}) =>
  new SignJWT({ jti: claims.jti ?? randomUUID() })
    .setProtectedHeader({ alg, kid: 'one', typ: 'JWT' })
    .setIssuer(client.clientId).setSubject(client.clientId).setAudience(audience)
    .setExpirationTime(claims.exp ?? '4m').sign(privateKey);

export const askToken = (tokenUrl: string, signed: string, scope = 'system/*.rs') =>
  fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials', scope, client_assertion: signed,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    }),
  });

export async function getToken(sandbox: Sandbox, key: TrialKey, scope?: string): Promise<string> {
  const answer = await askToken(sandbox.tokenUrl, await assertion(key, sandbox.tokenUrl), scope);
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}

type Listed = { type: string; url: string; count: number };
export type Manifest = { transactionTime: string; request: string; requiresAccessToken: boolean; output: Listed[]; deleted: Listed[]; error: Listed[] };

export const kickOff = (sandbox: Sandbox, query = '', level = '', headers: Record<string, string> = {}) =>
  fetch(`${sandbox.fhirBase}${level}/$export${query}`, { headers: { prefer: 'respond-async', accept: 'application/fhir+json', ...headers } });

/** Kicks off and polls every 20 ms until the manifest is there. */
export async function exportAll(sandbox: Sandbox, query = '', level = '', headers: Record<string, string> = {}): Promise<Manifest> {
  const started = await kickOff(sandbox, query, level, headers);
  const statusUrl = started.headers.get('content-location');
  if (started.status !== 202 || !statusUrl) throw new Error(`kick-off answered ${started.status}: ${await started.text()}`);
  for (;;) {
    const polled = await fetch(statusUrl, { headers });
    if (polled.status === 200) return (await polled.json()) as Manifest;
    if (polled.status !== 202) throw new Error(`status answered ${polled.status}`);
    await polled.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** One string of each file of a type (of all types when absent). */
export async function filesOf(manifest: Manifest, type?: string, headers: Record<string, string> = {}): Promise<string[]> {
  const wanted = manifest.output.filter((file) => !type || file.type === type);
  return Promise.all(wanted.map(async ({ url }) => (await fetch(url, { headers })).text()));
}

export const linesOf = (files: readonly string[]) => files.flatMap((text) => text.split('\n').filter(Boolean));
