import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK } from 'jose';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import type { Database } from '../../storage/connect.ts';
import { freePort } from '../services/free-port.ts';
import { knowSource } from '../product/know-source.ts';
import { readState, writeState } from '../services/state-file.ts';

const CLIENT = 'fhir-assay';
/** The sandbox's people are quick. */
const ANSWER_SECONDS = 3;
const SECRET = 'ASSAY_SANDBOX_REQUESTS_SECRET';
const TOKEN = 'ASSAY_SANDBOX_REQUESTS_TOKEN';
export const sandboxName = 'sandbox';

/** The sandbox EHR on its usual port, and the source that pulls from it: registered as at any EHR, by a public key. */
export async function startSandboxSource(home: string, db: Database, data?: string): Promise<{ sandbox: Sandbox; source: number }> {
  // Before anything is waited for: the worker and the API inherit them.
  const secret = process.env[SECRET] = `whsec_${randomBytes(24).toString('base64')}`;
  process.env[TOKEN] ??= randomBytes(24).toString('base64url');
  const privateKeyFile = await keyFile(home);
  const publicKey = createPublicKey(createPrivateKey(await readFile(privateKeyFile)));
  const jwk = { ...await exportJWK(publicKey), kid: 'sandbox', alg: 'ES384', use: 'sig' };
  const state = await readState(home, 'sandbox');
  const port = await freePort(state?.port);
  const sandbox = await startSandbox({ port, requests: { secret, answerSeconds: ANSWER_SECONDS }, clients: [{ clientId: CLIENT, jwks: { keys: [jwk] } }], ...(data === undefined ? {} : { data, defects: true }) });
  await writeState(home, 'sandbox', { port, pid: process.pid, owner: process.pid });
  const source = await knowSource(db, {
    name: sandboxName, kind: 'bulk',
    settings: { url: sandbox.fhirBase, auth: { clientId: CLIENT, privateKeyFile, keyId: 'sandbox' }, requests: { url: `${sandbox.url}/requests`, secretEnv: SECRET, tokenEnv: TOKEN } },
  }, 'start');
  return { sandbox, source };
}

async function keyFile(home: string): Promise<string> {
  const file = join(home, 'sandbox-client.pem');
  if (!existsSync(file)) {
    await mkdir(home, { recursive: true });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    await chmod(file, 0o600);
  }
  return file;
}
