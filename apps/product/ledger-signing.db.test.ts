import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { asQuery } from '../../ledger/as-query.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { parseVerifierKey, verifierKey } from '../../ledger/verify/note.ts';
import { verifyStore } from '../../ledger/verify/store.ts';
import { testDatabase } from '../../test/support/database.ts';
import { governedHistory } from '../../test/support/governed-history.ts';
import { keyWithPlus } from '../../test/support/key-with-plus.ts';
import { makeScratch } from '../../test/support/scratch.ts';
import { loadConfig } from '../config.ts';
import { ledgerSigning, rotateKeyFile } from './ledger-signing.ts';

const { db } = await testDatabase();
const home = await makeScratch('rotate');
afterAll(home.remove);

test('keys with a plus in their base64 change places: the old one is kept under its id, the new one signs, and both are known', async () => {
  const config = loadConfig({ env: { ASSAY_HOME: home.path }, cwd: home.path });
  const { keyFile } = config.ledger;
  await ledgerSigning(config, db); // makes the folder
  const [old, next] = [keyWithPlus(), keyWithPlus()];
  await writeFile(keyFile, old.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await writeFile(`${keyFile}.next`, next.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await (await governedHistory(db)).govern([{ type: 'Patient', id: 'p' }]);
  const origin = (await makeCheckpoint(await ledgerSigning(config, db)))!.split('\n')[0]!;

  expect(await rotateKeyFile(config, db)).toBe(verifierKey(origin, next));
  const kept = `${keyFile}.${parseVerifierKey(verifierKey(origin, old))!.id}`;
  expect((await readdir(join(keyFile, '..'))).sort()).toEqual([keyFile, kept].map((path) => path.slice(path.lastIndexOf('/') + 1)).sort());
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);

  await (await governedHistory(db)).govern([{ type: 'Patient', id: 'q' }]);
  await makeCheckpoint(await ledgerSigning(config, db));
  for (const trusted of [old, next]) expect((await verifyStore({ query: asQuery(db), trusted: [verifierKey(origin, trusted)] })).troubles).toEqual([]);
});
