import { execFileSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../apps/config.ts';
import { runCli } from '../../apps/cli.ts';
import { ledgerSigning } from '../../apps/product/ledger-signing.ts';
import { findPostgres } from '../../apps/services/postgres.ts';
import { keepLedger } from '../../ledger/keep.ts';
import { connect } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import { governedHistory } from '../support/governed-history.ts';
import { makeScratch } from '../support/scratch.ts';
import { testTemporal } from '../support/temporal.ts';

// docs/audit.md, "Restore from a backup", as it is written there: a base backup, its restoration, what is said, and how the log goes on.

const { address, namespace } = await testTemporal();
const home = await makeScratch('restore');
await chmod(home.path, 0o755);
afterAll(() => home.remove());

const start = async (folder: string) => {
  const server = await findPostgres({ home: join(home.path, folder), say: () => {} });
  const db = connect(server.url);
  await migrate(db);
  return { db, url: server.url, stop: async () => { await db.close(); await server.stop(); } };
};
const envOf = (url: string) => ({ DATABASE_URL: url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, ASSAY_HOME: home.path });

async function assay(url: string, ...args: string[]) {
  let [out, err] = ['', ''];
  const code = await runCli(args, { out: (text) => { out += text; }, err: (text) => { err += text; }, env: envOf(url), cwd: home.path, stop: new AbortController().signal });
  return { code, out, err };
}

test('a restored backup is not signed until what it lost is said; then the log goes on under a new name, and verifies', async () => {
  let server = await start('first');
  const history = await governedHistory(server.db);
  await history.govern([{ type: 'Patient', id: 'p' }, { type: 'Observation', id: 'o1', patient: 'p' }]);
  expect((await assay(server.url, 'audit', 'checkpoint')).code).toBe(0);
  await server.stop();
  execFileSync('cp', ['-a', join(home.path, 'first'), join(home.path, 'backup')]); // a cold base backup, with its owner

  server = await start('first');
  const later = await governedHistory(server.db);
  await later.govern([{ type: 'Patient', id: 'lost' }, { type: 'Observation', id: 'o2', patient: 'lost' }]);
  expect((await assay(server.url, 'audit', 'checkpoint')).code).toBe(0);
  const whole = await assay(server.url, 'audit', 'verify');
  expect(whole.out).toContain('Nothing was changed, removed or added.');
  expect(whole.code).toBe(0);
  await server.stop();

  // The backup takes its place. Workers sign nothing and say why; so does the command; verification names the tail that is gone.
  const restored = await start('backup');
  const config = loadConfig({ env: envOf(restored.url), cwd: home.path });
  const ending = new AbortController();
  const warned: unknown[] = [];
  const worker = keepLedger({ ...await ledgerSigning(config, restored.db), signal: ending.signal, log: { info: () => {}, warn: (facts) => { warned.push(facts); } } });
  for (let n = 0; n < 200 && warned.length === 0; n++) await sleep(50);
  ending.abort();
  await worker;
  expect(warned).toMatchObject([{ code: 'ASSAY_LEDGER_ROLLED_BACK' }]);
  expect(await assay(restored.url, 'audit', 'checkpoint')).toMatchObject({ code: 1, err: expect.stringContaining('ASSAY_LEDGER_ROLLED_BACK') as string });
  const found = await assay(restored.url, 'audit', 'verify');
  expect(found.code).toBe(1);
  expect(found.out).toMatch(/A checkpoint of \d+ leaves is remembered; only \d+ are here\. The log was rolled back\./);

  // What is lost is said.
  const said = await assay(restored.url, 'audit', 'restored', '--because', 'The disk failed.');
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(said.out.split('\n')[0]).toMatch(/\/2$/);
  expect(await assay(restored.url, 'audit', 'restored', '--because', 'Again.')).toMatchObject({ code: 2, err: expect.stringContaining('ASSAY_LEDGER_NOT_ROLLED_BACK') as string });

  // The log goes on, and verifies: the store, and what is exported of it.
  await (await governedHistory(restored.db)).govern([{ type: 'Patient', id: 'after' }]);
  expect((await assay(restored.url, 'audit', 'checkpoint')).out.split('\n')[0]).toMatch(/\/2$/);
  const after = await assay(restored.url, 'audit', 'verify');
  expect(after.out).toContain('Nothing was changed, removed or added.');
  expect(after.out).toMatch(/restored from a backup: of fhir-assay\/\w+ the first \d+ leaves are here, and the \d+ behind them, which were remembered outside, are lost\./);
  expect(after.code).toBe(0);
  const tiles = join(home.path, 'tiles');
  expect((await assay(restored.url, 'audit', 'tiles', '--out', tiles)).code).toBe(0);
  expect(await assay(restored.url, 'audit', 'verify', tiles, '--anchor', join(home.path, 'anchors', 'checkpoints.jsonl'))).toMatchObject({ code: 0 });

  // What the backup still had is proved as before: changed since, it is found, whatever was said to be lost.
  await restored.db.query(`update event set body = convert_to(replace(convert_from(body, 'UTF8'), '"kind":"landed"', '"kind":"landeD"'), 'UTF8') where kind = 'landed' and leaf = (select min(leaf) from event where kind = 'landed')`);
  expect((await assay(restored.url, 'audit', 'verify')).out).toContain('is not of this log');
  await restored.stop();
}, 120_000);
