import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../apps/services/free-port.ts';
import { startProcess, tail, type OwnedProcess } from '../../apps/services/owned-process.ts';
import { startIdentityProvider } from '../../sandbox/identity-provider.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { composeServices, environmentOf, image } from '../support/compose.ts';
import { startKafkaBroker } from '../support/kafka-broker.ts';
import { ownServices } from '../support/own-services.ts';
import { readTopics } from '../support/read-topics.ts';
import { requireForFile } from '../support/require.ts';
import { makeScratch } from '../support/scratch.ts';

// What docker-compose.yml and the Dockerfile say, with the servers of this machine under the names of that network.

if (requireForFile('java', 'maven')) {
  const root = join(import.meta.dirname, '..', '..');
  const folder = await makeScratch('compose');
  const undo: (() => Promise<unknown>)[] = [() => folder.remove()];
  afterAll(async () => { for (const step of undo.reverse()) await step(); });

  const services = await ownServices();
  undo.push(services.stop);
  const broker = await startKafkaBroker();
  undo.push(broker.stop);
  const sandbox = await startSandbox({ auth: false, exportSeconds: 0 });
  undo.push(sandbox.stop);
  const [apiPort, metricsPort] = [await freePort(), await freePort()];
  const provider = await startIdentityProvider({ redirectUris: [`http://127.0.0.1:${apiPort}/auth/callback`] });
  undo.push(provider.stop);
  await writeFile(join(folder.path, 'assay.config.json'), JSON.stringify({ sources: [{ name: 'hospital', kind: 'bulk', url: sandbox.fhirBase, types: ['Patient', 'Device'] }] }));

  // .env and the shell, as docs/operations.md has them.
  const password = new URL(services.databaseUrl).password;
  const shell = { POSTGRES_PASSWORD: password, ASSAY_PAYLOAD_KEY: randomBytes(32).toString('base64'), OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.clientId };
  const compose = composeServices(shell);
  const { worker, api } = compose as Record<'worker' | 'api', NonNullable<typeof compose[string]>>;
  /** Names and folders of that network on this machine. */
  const here = (text: string): string => Object.entries({
    '@postgres:5432': `@${new URL(services.databaseUrl).host}`, 'temporal:7233': services.temporalAddress, 'kafka:9092': broker.brokers,
    '/etc/assay': folder.path, '/var/lib/assay': join(folder.path, 'home'), 9464: String(metricsPort), 8484: String(apiPort),
  }).reduce((moved, [there, at]) => moved.replaceAll(there, at), text);
  const environment = (service: typeof worker): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'], HOME: folder.path, ...Object.fromEntries(Object.entries(environmentOf(service, shell)).map(([name, value]) => [name, here(value)])) });
  const [, ...entryPoint] = image().entryPoint;

  function start(name: string, service: typeof worker): OwnedProcess {
    const started = startProcess(process.execPath, [...entryPoint, ...service.command ?? []], { log: join(folder.path, `${name}.log`), cwd: root, env: environment(service) });
    undo.push(started.stop);
    return started;
  }
  async function healthy(name: string, service: typeof worker, started: OwnedProcess): Promise<void> {
    const [kind, command, ...args] = service.healthcheck.test.map(here);
    expect([kind, command]).toEqual(['CMD', 'node']);
    for (const end = Date.now() + 60_000; ; await sleep(200)) {
      if (await promisify(execFile)(process.execPath, args).then(() => true, () => false)) return;
      if (!started.running() || Date.now() > end) throw new Error(`${name} did not become healthy: ${await tail(join(folder.path, `${name}.log`))}`);
    }
  }

  const running: OwnedProcess[] = [];
  beforeAll(async () => {
    for (const [name, service] of [['worker', worker], ['api', api]] as const) {
      const started = start(name, service);
      running.push(started);
      await healthy(name, service, started);
    }
  }, 120_000);

  test('the program uses the servers that it is told of, and starts none of its own', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [...entryPoint, 'status', '--json'], { cwd: root, env: environment(api) });
    const { parts, addresses } = JSON.parse(stdout) as { parts: { part: string; state: string }[]; addresses: Record<string, string> };
    expect(Object.fromEntries(parts.map(({ part, state }) => [part, state]))).toMatchObject({ PostgreSQL: 'up', Temporal: 'up', Worker: 'up', Kafka: 'up' });
    expect(addresses).toMatchObject({ temporal: services.temporalAddress, kafka: broker.brokers });
    expect((await readdir(join(folder.path, 'home'))).filter((name) => /postgres|temporal/.test(name))).toEqual([]);
  });

  test('a run goes from the EHR into the broker, and what Temporal keeps of it is encrypted', { timeout: 120_000 }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [...entryPoint, 'run', '--source', 'hospital', '--json'], { cwd: root, env: environment(worker) });
    const { state, reconciliation: { received, balances } } = JSON.parse(stdout) as { state: string; reconciliation: { received: { exported: number }; balances: boolean } };
    expect({ state, balances }).toEqual({ state: 'completed', balances: true });
    const { rows: [released] } = await services.db.query<{ n: number }>(`select count(*)::int as n from feed_entry where purpose = 'care'`);
    expect(released?.n).toBeGreaterThan(received.exported / 2);
    const read = await readTopics(broker.brokers, /^care\.(?!current$)/, (some) => some.length >= (released?.n ?? 0));
    expect(read).toHaveLength(released?.n ?? -1);
    for await (const { workflowId, runId } of services.temporal.workflow.list({ query: `WorkflowType = 'governRun'` })) {
      const { events } = await services.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
      const encodings = (events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []).map(({ metadata }) => Buffer.from(metadata?.['encoding'] ?? []).toString());
      expect(new Set(encodings)).toEqual(new Set(['binary/encrypted']));
    }
  });

  test('people are sent to the provider that OIDC_ISSUER names', async () => {
    const answer = await fetch(`http://127.0.0.1:${apiPort}/auth/sign-in`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain(provider.issuer);
  });

  test('told to stop, as `docker compose stop` does, each role ends within its time', async () => {
    for (const one of running) {
      const began = performance.now();
      await one.stop();
      expect(performance.now() - began).toBeLessThan(10_000); // the default of what has no stop_grace_period
    }
  });
}
