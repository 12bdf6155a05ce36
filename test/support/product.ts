import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { exportJWK } from 'jose';
import { afterAll } from 'vitest';
import { ensureFeeds } from '../../pipelines/feed/feeds.ts';
import { startRun } from '../../apps/temporal/runs.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.ts';
import type { Database } from '../../storage/connect.ts';
import { reconciliation, type Reconciliation } from '../../storage/reconciliation.ts';
import { registerSource } from '../../storage/source.ts';
import type { RunAsked, RunResult } from '../../workflows/messages.ts';
import { testDatabase } from './database.ts';
import { makeScratch } from './scratch.ts';
import { testTemporal } from './temporal.ts';
import { workerProcess, type WorkerProcess } from './worker-process.ts';

export type ProductOptions = {
  readonly sandbox?: SandboxOptions;
  /** For the worker's process: ASSAY_PAYLOAD_KEY and the like. */
  readonly env?: NodeJS.ProcessEnv;
  /** Types that are fetched by reference. */
  readonly hydrate?: readonly string[];
};

/** The product as it is deployed, with a sandbox EHR as its source. */
export type Product = {
  readonly db: Database; readonly temporal: Client; readonly sandbox: Sandbox; readonly worker: WorkerProcess;
  readonly source: number; readonly home: string;
  /** A governed run to its end. @throws WorkflowFailedError when it failed or was cancelled */
  run(asked?: RunAsked): Promise<RunResult>;
  reconciled(run: string): Promise<Reconciliation>;
  stop(): Promise<void>;
};

/** A product of the test file's own, on the test run's servers: a database, a namespace, a worker. Ends with the file. */
export async function testProduct(options: ProductOptions = {}): Promise<Product> {
  const { db, url } = await testDatabase();
  const { client, address, namespace } = await testTemporal();
  const product = await startProduct({ db, databaseUrl: url, temporal: client, temporalAddress: address, namespace }, options);
  afterAll(product.stop);
  return product;
}

const models = join(import.meta.dirname, '..', '..', 'fhir-profiles', 'own', 'model-registry.example.json');

export type ProductServices = {
  readonly db: Database; readonly databaseUrl: string; readonly temporal: Client; readonly temporalAddress: string; readonly namespace: string;
};

/** The same on servers that the caller has and ends. */
export async function startProduct(services: ProductServices, { sandbox: data = {}, env = {}, hydrate }: ProductOptions = {}): Promise<Product> {
  const { db, temporal } = services;
  const home = await makeScratch('home');
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const { privateKeyFile, jwk } = await clientKey(home.path);
  await writeFile(join(home.path, 'assay.config.json'), JSON.stringify({ modelRegistry: models }));
  const sandbox = await startSandbox({ requests: { secret }, ...data, clients: [{ clientId: 'us', jwks: { keys: [jwk] } }] });
  await ensureFeeds(db);
  const source = await registerSource(db, {
    name: 'ehr', kind: 'bulk',
    settings: { url: sandbox.fhirBase, auth: { clientId: 'us', privateKeyFile, keyId: 'ours' }, requests: { url: `${sandbox.url}/requests`, secretEnv: 'REQUESTS_SECRET' }, ...(hydrate === undefined ? {} : { hydrate }) },
  });
  const worker = await workerProcess({ home: home.path, databaseUrl: services.databaseUrl, temporalAddress: services.temporalAddress, namespace: services.namespace, env: { REQUESTS_SECRET: secret, ...env } });
  await worker.start();
  return {
    db, temporal, sandbox, worker, source, home: home.path,
    run: async (asked) => (await startRun(temporal, source, asked)).ended(),
    reconciled: (run) => reconciliation(db, run),
    async stop() {
      if (process.env['ASSAY_KEEP_LOG'] !== undefined) process.stderr.write(await worker.log());
      await worker.stop();
      await sandbox.stop();
      await home.remove();
    },
  };
}

async function clientKey(folder: string) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const privateKeyFile = join(folder, 'client.pem');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(privateKeyFile, pem, { mode: 0o600 });
  return { privateKeyFile, jwk: { ...await exportJWK(createPublicKey(createPrivateKey(pem))), kid: 'ours', alg: 'ES384', use: 'sig' } };
}
