import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleFolder, startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { testDatabase } from '../../test/support/database.ts';
import { trySource } from './try-source.ts';

const { db } = await testDatabase();
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const source = trySource(db, { secrets: { KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() } });
let sandbox: Sandbox;
const settings = () => ({ url: sandbox.fhirBase, auth: { clientId: 'assay', privateKeyEnv: 'KEY' } });
beforeAll(async () => {
  const clients = [{ clientId: 'assay', publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString() }];
  sandbox = await startSandbox({ clients, defects: false, exportSeconds: 0.2, resourcesPerFile: 500 });
});
afterAll(async () => { await source.close(); await sandbox.stop(); });

const sampleLines = () => readdirSync(sampleFolder).filter((name) => name.endsWith('.gz'))
  .flatMap((name) => gunzipSync(readFileSync(join(sampleFolder, name))).toString().split('\n').filter(Boolean)).sort();

test('a system export with a signed assertion comes byte for byte, and its job is gone afterwards', async () => {
  const { run, items, state } = await source.pull(await source.source('all', 'bulk', settings()));
  expect(items.map(({ bytes }) => Buffer.from(bytes).toString()).sort()).toEqual(sampleLines());
  expect(state).toBe('completed');
  const { rows } = await db.query('select released_at from export_job where run_id = $1 and released_at is not null', [run]);
  expect(rows).toHaveLength(1);
});
