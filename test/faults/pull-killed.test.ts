import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { makeScratch } from '../support/scratch.ts';
import { scriptedEhr } from '../support/scripted-ehr.ts';
import { testTemporal } from '../support/temporal.ts';

const { db, url } = await testDatabase();
const { address, namespace } = await testTemporal();
const home = await makeScratch('pull-killed');
let ready = false;
const manifest = () => ({ transactionTime: '2026-01-01T00:00:00Z', requiresAccessToken: true, output: [{ type: 'Patient', url: `${ehr.url}/file` }] });
const ehr = await scriptedEhr(({ path, method }) => {
  if (path.includes('$export')) return { status: 202, headers: { 'content-location': '/job' } };
  if (path === '/job') return method === 'DELETE' ? { status: 202 } : ready ? { status: 200, body: manifest() } : { status: 202, headers: { 'retry-after': '1' } };
  return path === '/file' ? { status: 200, body: '{"resourceType":"Patient","id":"1"}\n', headers: { 'content-type': 'application/fhir+ndjson' } } : undefined;
});
afterAll(async () => { await ehr.stop(); await home.remove(); });

/** As a person types it, with a worker of its own. */
function pull() {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'start.mjs'), 'assay', 'run', '--source', `bulk:${ehr.url}`, '--token-env', 'EHR_TOKEN'], {
    stdio: ['ignore', 'pipe', 'pipe'], detached: true,
    env: { ...process.env, DATABASE_URL: url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, ASSAY_HOME: home.path, EHR_TOKEN: 'token', KAFKA_BROKERS: undefined },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => { said.out += text.toString(); });
  child.stderr.on('data', (text: Buffer) => { said.err += text.toString(); });
  return { said, ended: once(child, 'close').then(([code]) => code as number | null), kill: () => process.kill(-(child.pid ?? 0), 'SIGKILL') };
}

const until = async (what: () => boolean, of: ReturnType<typeof pull>): Promise<void> => {
  for (const end = Date.now() + 90_000; !what(); await sleep(100)) if (Date.now() > end) throw new Error(`it did not happen: ${of.said.err} ${of.said.out}`);
};

// Temporal still lists the killed process as one that polls; the second starts a worker nevertheless.
test('a pull that was killed is gone on with by the next, as the same run', async () => {
  const first = pull();
  await until(() => ehr.asked.some(({ path, method }) => path === '/job' && method === 'GET'), first);
  first.kill();
  expect(await first.ended).toBeNull();
  const second = pull();
  await until(() => second.said.err.includes('going on already'), second);
  ready = true;
  expect(await second.ended, second.said.err).toBe(0);
  expect(second.said.out).toMatch(/^Run 1 of \S+: completed$/m);
  expect(second.said.out).toMatch(/^became +1: landed 1,/m);
  expect(second.said.out).toContain('It balances');
  expect((await db.query('select from run')).rows).toHaveLength(1);
  expect(ehr.asked.filter(({ path }) => path.includes('$export'))).toHaveLength(1);
}, 240_000);
