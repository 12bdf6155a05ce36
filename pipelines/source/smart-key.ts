import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { AssayError } from '../../terms/errors.ts';
import type { Auth } from './settings.ts';

export type Secrets = (name: string) => string | undefined;
export type SigningKey = { readonly key: KeyObject; readonly alg: 'RS384' | 'ES384'; readonly keyId: string };
type KeyAuth = Extract<Auth, { clientId: string }>;

/** @throws AssayError ASSAY_SOURCE_SECRET_ABSENT, ASSAY_SOURCE_KEY_UNUSABLE */
export async function readSigningKey(auth: KeyAuth, secrets: Secrets): Promise<SigningKey> {
  const text = (await keyText(auth, secrets)).trim();
  const { key, kid } = parse(text);
  const alg = algorithmOf(key);
  return { key, alg, keyId: auth.keyId ?? kid ?? await thumbprint(key) };
}

/** What to register with the EHR: the public half as a JWKS. */
export async function publicKeys(auth: KeyAuth, secrets: Secrets): Promise<{ keys: JWK[] }> {
  const { key, alg, keyId } = await readSigningKey(auth, secrets);
  return { keys: [{ ...createPublicKey(key).export({ format: 'jwk' }) as JWK, kid: keyId, alg, use: 'sig', key_ops: ['verify'] }] };
}

async function keyText(auth: KeyAuth, secrets: Secrets): Promise<string> {
  const fromEnv = auth.privateKeyEnv === undefined ? undefined : secrets(auth.privateKeyEnv);
  if (fromEnv !== undefined) return fromEnv;
  if (auth.privateKeyFile === undefined) throw new AssayError('ASSAY_SOURCE_SECRET_ABSENT', auth.privateKeyEnv ?? 'privateKeyFile');
  try {
    return await readFile(auth.privateKeyFile, 'utf8');
  } catch {
    throw new AssayError('ASSAY_SOURCE_SECRET_ABSENT', 'privateKeyFile');
  }
}

function parse(text: string): { key: KeyObject; kid: string | undefined } {
  try {
    if (!text.startsWith('{')) return { key: createPrivateKey(text), kid: undefined };
    const parsed = JSON.parse(text) as JsonWebKey & { keys?: JsonWebKey[] };
    const jwk = parsed.keys?.find((one) => one.d !== undefined) ?? parsed;
    return { key: createPrivateKey({ key: jwk, format: 'jwk' }), kid: typeof jwk['kid'] === 'string' ? jwk['kid'] : undefined };
  } catch {
    throw new AssayError('ASSAY_SOURCE_KEY_UNUSABLE', 'not readable as PEM, JWK or JWKS');
  }
}

function algorithmOf(key: KeyObject): SigningKey['alg'] {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) return 'RS384';
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'secp384r1') return 'ES384';
  throw new AssayError('ASSAY_SOURCE_KEY_UNUSABLE', key.asymmetricKeyType);
}

const thumbprint = (key: KeyObject): Promise<string> => calculateJwkThumbprint(createPublicKey(key).export({ format: 'jwk' }) as JWK);
