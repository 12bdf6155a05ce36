import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';

/** The public half of a source's private key as a JWK Set; undefined where the source has none in a PEM file. */
export async function publicJwks(settings: unknown): Promise<{ keys: JWK[] } | undefined> {
  const auth = (settings as { auth?: { privateKeyFile?: string; keyId?: string } }).auth;
  if (auth?.privateKeyFile === undefined) return undefined;
  const pem = await readFile(auth.privateKeyFile, 'utf8').catch(() => '');
  if (!pem.includes('PRIVATE KEY')) return undefined;
  const key = createPublicKey(createPrivateKey(pem));
  const jwk = await exportJWK(key);
  return { keys: [{ ...jwk, kid: auth.keyId ?? await calculateJwkThumbprint(jwk), alg: jwk.kty === 'EC' ? 'ES384' : 'RS384', use: 'sig' }] };
}
