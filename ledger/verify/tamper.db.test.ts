import { readAnchors } from '../anchors/file-anchor.ts';
import { generateKeyPairSync } from 'node:crypto';
import { ledgerHead } from '../../storage/ledger.ts';
import { appendEvent } from '../append.ts';
import { makeCheckpoint } from '../checkpoint.ts';
import { sayRestored } from '../restored.ts';
import { rotateKey } from '../rotate.ts';
import { asQuery } from '../as-query.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../sandbox/seeded-random.ts';
import { copyOf, testDatabase } from '../../test/support/database.ts';
import { ledgerHistory } from '../../test/support/ledger-history.ts';
import { tampers } from '../../test/support/tampering.ts';
import { factTables } from './fact-tables.ts';
import { verifierKey } from './note.ts';
import { verifyStore } from './store.ts';

const { db, url } = await testDatabase();
const ledger = await ledgerHistory(db, 7, 14);
afterAll(ledger.remove);
const remembered = async () => readAnchors(ledger.anchorFile);
const trusted = [verifierKey('hospital.example/assay', ledger.signing.key)];

class Undo extends Error {}

test('an honest history raises no alarm', async () => {
  const report = await verifyStore({ query: asQuery(db), remembered: await remembered(), trusted });
  expect(report.troubles).toEqual([]);
  expect(report.looked['leaves']).toBe(report.size);
  for (const table of ['version', 'assessment', 'verdict', 'feed_span', 'consumption', 'consumer', 'received_chunk', 'version_joined', 'chains', 'remembered']) {
    expect(report.looked[table], table).toBeGreaterThan(0);
  }
});

describe('each tampering is found and named', () => {
  test.for(tampers.map((tamper, place) => [place, tamper] as const))('%i', async ([place, tamper]) => {
    const random = seededRandom(100 + place, 'tampering').share;
    await db.transaction(async (tx) => {
      const done = await tamper(tx, random) ?? await tamper(tx, random) ?? await tamper(tx, random);
      if (done === undefined) throw new Error('nothing was tampered with');
      const { troubles } = await verifyStore({ query: asQuery(tx), remembered: await remembered(), trusted });
      const found = troubles.filter((one) => done.found.includes(one.kind));
      expect(found, done.says).not.toEqual([]);
      if (done.table !== undefined) expect(found.some((one) => one.table === done.table && one.row?.split(', ').includes(done.row ?? '')), `${done.says}: ${JSON.stringify(troubles)}`).toBe(true);
      throw new Undo();
    }).catch((error: unknown) => { if (!(error instanceof Undo)) throw error; });
  });
});

test.for([['received_chunk', 'run_id'], ['verdict', 'version_id'], ['feed_span', 'version_id']] as const)('a row of %s that names what is not there is changed, not gone', async ([table, column]) => {
  const { key } = factTables.find((one) => one.table === table)!;
  await db.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica');
    const { rows: [row] } = await tx.query<{ id: string }>(`update ${table} set ${column} = 1000000 where ${key} = (select max(${key}) from ${table}) returning ${key}::text as id`);
    expect((await verifyStore({ query: asQuery(tx) })).troubles.filter((one) => one.table === table)).toMatchObject([{ kind: 'row-changed', row: row!.id }]);
    throw new Undo();
  }).catch((error: unknown) => { if (!(error instanceof Undo)) throw error; });
});

test('what is rolled back to a backup is found against the anchor, and so is a fork from it', async () => {
  const backup = await copyOf(url);
  for (let n = 0; n < 3; n++) await ledger.step();
  await makeCheckpoint(ledger.signing);
  const kinds = async (): Promise<string[]> => (await verifyStore({ query: asQuery(backup.db), remembered: await remembered(), trusted })).troubles.map((one) => one.kind);
  expect(await kinds()).toEqual(['rolled-back']);
  await expect(makeCheckpoint({ ...ledger.signing, db: backup.db })).rejects.toMatchObject({ code: 'ASSAY_LEDGER_ROLLED_BACK' });
  const { size } = await ledgerHead(db);
  await backup.db.transaction(async (tx) => { for (let n = 0; n < size; n++) await appendEvent(tx, 'decided', { by: 'mallory', n }); });
  await makeCheckpoint({ ...ledger.signing, db: backup.db, anchors: [] }); // whoever forks has the key and keeps the anchor out of it
  expect(await kinds()).toEqual(['forked']);
  await expect(makeCheckpoint({ ...ledger.signing, db: backup.db })).rejects.toMatchObject({ code: 'ASSAY_LEDGER_FORKED' });
});

test('a restored backup that is owned up to verifies, and says what it lost', async () => {
  const backup = await copyOf(url);
  for (let n = 0; n < 3; n++) await ledger.step();
  await makeCheckpoint(ledger.signing);
  const restored = { ...ledger.signing, db: backup.db };
  await sayRestored(restored, 'ada', 'The disk failed.');
  const report = await verifyStore({ query: asQuery(backup.db), remembered: await remembered(), trusted });
  expect(report.troubles).toEqual([]);
  expect(report.origin).toBe('hospital.example/assay/2');
});

test('the log’s key changes under the signature of both; a key that nobody handed over is found', async () => {
  const next = generateKeyPairSync('ed25519').privateKey;
  await rotateKey(ledger.signing, next, 'ada');
  await expect(makeCheckpoint(ledger.signing)).resolves.toBeDefined(); // no news: nothing to sign
  await ledger.history.govern([{ type: 'Patient', id: 'p9' }]);
  await makeCheckpoint({ ...ledger.signing, key: next });
  const verify = async (keys: readonly string[]) => (await verifyStore({ query: asQuery(db), trusted: keys })).troubles.map((one) => one.kind);
  expect(await verify(trusted)).toEqual([]);
  expect(await verify([verifierKey('hospital.example/assay', generateKeyPairSync('ed25519').privateKey)])).toEqual(['key-unknown']);
  await ledger.history.consumer('one-more');
  await expect(makeCheckpoint(ledger.signing)).rejects.toMatchObject({ code: 'ASSAY_LEDGER_KEY' });
});
