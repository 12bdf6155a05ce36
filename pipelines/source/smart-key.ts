import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { AssayError } from '../../terms/errors.ts';
import type { Auth } from './settings.ts';

export type Secrets = (name: string) => string | undefined;
export type SigningKey = { readonly key: KeyObject; readonly alg: 'RS384' | 'ES384'; readonly keyId: string };
type KeyAuth = Extract<Auth, { clientId: string }>;

/**
 * The key to sign with; of a JWKS with several the first that the server takes.
 * @param accepted algorithms that the server names; undefined: it names none
 * @throws AssayError ASSAY_SOURCE_SECRET_ABSENT, ASSAY_SOURCE_KEY_UNUSABLE
 */
export async function readSigningKey(auth: KeyAuth, secrets: Secrets, accepted?: readonly string[]): Promise<SigningKey> {
  const [first, ...others] = await signingKeys(auth, secrets);
  return [first, ...others].find(({ alg }) => accepted?.includes(alg)) ?? first;
}

/** What to register with the EHR: the public half of each key as a JWKS. */
export async function publicKeys(auth: KeyAuth, secrets: Secrets): Promise<{ keys: JWK[] }> {
  return { keys: (await signingKeys(auth, secrets)).map(({ key, alg, keyId }) =>
    ({ ...createPublicKey(key).export({ format: 'jwk' }) as JWK, kid: keyId, alg, use: 'sig', key_ops: ['verify'] })) };
}

async function signingKeys(auth: KeyAuth, secrets: Secrets): Promise<[SigningKey, ...SigningKey[]]> {
  const found = parse((await keyText(auth, secrets)).trim());
  const [first, ...others] = await Promise.all(found.flatMap(({ key, kid }) => {
    const alg = algorithmOf(key);
    return alg === undefined ? [] : [named(auth, key, alg, kid)];
  }));
  if (first === undefined) throw new AssayError('ASSAY_SOURCE_KEY_UNUSABLE', found[0]?.key.asymmetricKeyType);
  return [first, ...others];
}

const named = async (auth: KeyAuth, key: KeyObject, alg: SigningKey['alg'], kid: string | undefined): Promise<SigningKey> =>
  ({ key, alg, keyId: auth.keyId ?? kid ?? await thumbprint(key) });

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

type Parsed = { readonly key: KeyObject; readonly kid: string | undefined };

function parse(text: string): Parsed[] {
  try {
    if (!text.startsWith('{')) return [{ key: createPrivateKey(text), kid: undefined }];
    const parsed = JSON.parse(text) as JsonWebKey & { keys?: JsonWebKey[] };
    return (parsed.keys?.filter((one) => one.d !== undefined) ?? [parsed]).map((jwk) =>
      ({ key: createPrivateKey({ key: jwk, format: 'jwk' }), kid: typeof jwk['kid'] === 'string' ? jwk['kid'] : undefined }));
  } catch {
    throw new AssayError('ASSAY_SOURCE_KEY_UNUSABLE', 'not readable as PEM, JWK or JWKS');
  }
}

/** https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html: the two that every server takes. */
function algorithmOf(key: KeyObject): SigningKey['alg'] | undefined {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) return 'RS384';
  return key.asymmetricKeyType === 'ec' && namedCurve === 'secp384r1' ? 'ES384' : undefined;
}

const thumbprint = (key: KeyObject): Promise<string> => calculateJwkThumbprint(createPublicKey(key).export({ format: 'jwk' }) as JWK);
