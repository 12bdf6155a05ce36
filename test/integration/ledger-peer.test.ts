import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import Fastify from 'fastify';
import { afterAll, describe, expect, test } from 'vitest';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { tileRoutes } from '../../ledger/tile-routes.ts';
import { logFiles } from '../../ledger/tiled-log.ts';
import { verifyTiles } from '../../ledger/verify/folder.ts';
import { verifierKey } from '../../ledger/verify/note.ts';
import { appendEvent } from '../../ledger/append.ts';
import { testDatabase } from '../support/database.ts';
import { ledgerHistory } from '../support/ledger-history.ts';
import { requireForFile } from '../support/require.ts';
import { makeScratch } from '../support/scratch.ts';

if (requireForFile('go')) {
  const { db } = await testDatabase();
  const ledger = await ledgerHistory(db, 3, 2);
  const scratch = await makeScratch('tiles');
  afterAll(ledger.remove);
  afterAll(scratch.remove);
  const older = join(scratch.path, 'older');
  await writeFile(older, await makeCheckpoint(ledger.signing) ?? '');
  await db.transaction(async (tx) => { for (let n = 0; n < 900; n++) await appendEvent(tx, 'decided', { by: 'ada', n }); });
  await makeCheckpoint(ledger.signing);
  const key = verifierKey('hospital.example/assay', ledger.signing.key);
  const folder = join(scratch.path, 'log');
  for await (const { path, bytes } of logFiles(db)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  const program = join(scratch.path, 'go-verifier');
  const env = { ...process.env, PATH: `${process.env['PATH']}${delimiter}/usr/local/go/bin`, GOFLAGS: '-mod=readonly' };
  const run = (command: string, args: string[], cwd: string): Promise<{ code: number; said: string }> => new Promise((resolve) => {
    execFile(command, args, { cwd, env }, (error, out, err) => resolve({ code: error === null ? 0 : 1, said: `${out}${err}` }));
  });
  const built = await run('go', ['build', '-o', program, '.'], join(import.meta.dirname, '..', 'go-verifier'));
  const theirs = (...more: string[]) => run(program, [folder, key, ...more], scratch.path);
  const ours = async () => (await verifyTiles((path) => readFile(join(folder, path)).catch(() => undefined), { trusted: [key] })).troubles;

  describe('golang.org/x/mod/sumdb', () => {
    test('accepts the exported log, and that an older checkpoint is its beginning', async () => {
      expect(built.said).toBe('');
      expect(await theirs(older)).toEqual({ code: 0, said: expect.stringContaining('accepted') });
      expect(await ours()).toEqual([]);
    });

    test.for(['tile/entries/001', 'tile/0/000', 'tile/0/002', 'tile/1/000.p/3', 'checkpoint'])('refuses it with one byte of %s changed, as we do', async (path) => {
      const file = join(folder, path);
      const honest = await readFile(file);
      const changed = Buffer.from(honest);
      changed[Math.floor(changed.length / 2)]! ^= 1;
      await writeFile(file, changed);
      try {
        expect((await theirs()).said).toContain('refused');
        expect(await ours()).not.toEqual([]);
      } finally {
        await writeFile(file, honest);
      }
    });
  });

  test('over HTTP the same bytes are served, and nothing beside them', async () => {
    const app = Fastify();
    await app.register(tileRoutes, { db });
    for await (const { path, bytes } of logFiles(db)) {
      const { rawPayload, statusCode } = await app.inject(`/ledger/log/${path}`);
      expect(statusCode, path).toBe(200);
      expect(rawPayload.equals(bytes), path).toBe(true);
    }
    for (const path of ['tile/0/900', 'tile/0/000.p/256', 'tile/0/000.p/999', 'tile/64/000', 'tile/0/../checkpoint', 'tile/entries/x1/000']) {
      expect((await app.inject(`/ledger/log/${path}`)).statusCode, path).toBeGreaterThanOrEqual(400);
    }
    await app.close();
  });
}
