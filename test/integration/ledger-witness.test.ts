import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileAnchor, readAnchors } from '../../ledger/anchors/file-anchor.ts';
import { witness } from '../../ledger/anchors/witness.ts';
import { appendEvent } from '../../ledger/append.ts';
import { makeCheckpoint, type Signing } from '../../ledger/checkpoint.ts';
import { rotateKey } from '../../ledger/rotate.ts';
import { parseCheckpoint } from '../../ledger/verify/checkpoint.ts';
import { isSignedBy, parseVerifierKey, verifierKey } from '../../ledger/verify/note.ts';
import type { Database } from '../../storage/connect.ts';
import { AssayError } from '../../terms/errors.ts';
import { makeDatabase, testDatabase } from '../support/database.ts';
import { ledgerHistory } from '../support/ledger-history.ts';
import { requireForFile } from '../support/require.ts';
import { makeScratch } from '../support/scratch.ts';
import { startWitness } from '../support/witness.ts';

if (requireForFile('go', 'ssh-agent')) {
  const { db } = await testDatabase();
  const origin = 'hospital.example/assay';
  const some = (at: Database, count: number) => at.transaction(async (tx) => { for (let n = 0; n < count; n++) await appendEvent(tx, 'decided', { by: 'ada', n }); });

  test('a witness that nobody here wrote cosigns what is consistent, after a rotation too, and refuses a fork', { timeout: 240_000 }, async () => {
    const scratch = await makeScratch('witness');
    const running = await startWitness(scratch.path);
    const ledger = await ledgerHistory(db, 31, 0, false);
    const other = await makeDatabase({});
    try {
      running.know(origin, verifierKey(origin, ledger.signing.key));
      const unreached: unknown[] = [];
      const anchorFile = join(scratch.path, 'anchored');
      // A new witness() each time, as after a worker's restart: it does not know what the service has seen.
      const signing = (): Signing => ({ ...ledger.signing, anchors: [witness({ url: running.url, key: running.key }), fileAnchor(anchorFile)], unreached: (_, error) => unreached.push(error) });
      const cosigned = (note: string | undefined): boolean => isSignedBy(parseCheckpoint(note ?? '')!.note, parseVerifierKey(running.key)!);
      expect(cosigned(await makeCheckpoint(signing()))).toBe(true);
      const lasting = signing();
      for (const count of [1, 300, 7]) {
        await some(db, count);
        expect(cosigned(await makeCheckpoint(lasting))).toBe(true);
      }
      await some(db, 40);
      expect(cosigned(await makeCheckpoint(signing()))).toBe(true); // it is told how far the witness is
      expect((await readAnchors(anchorFile)).every((one) => isSignedBy(one.note, parseVerifierKey(running.key)!))).toBe(true);

      const next = generateKeyPairSync('ed25519').privateKey;
      running.know(origin, verifierKey(origin, next));
      const rotated = await rotateKey(signing(), next, 'ada');
      expect(cosigned(rotated)).toBe(true);
      expect(unreached).toEqual([]);

      // Another history under the same name and key, as long as this one and longer.
      const anchors = [witness({ url: running.url, key: running.key })];
      await some(other.db, 900);
      const forked = await makeCheckpoint({ db: other.db, key: next, origin, anchors, unreached: (_, error) => unreached.push(error) });
      expect(cosigned(forked)).toBe(false);
      expect(unreached).toHaveLength(1);
      expect((unreached[0] as AssayError).code).toBe('ASSAY_LEDGER_WITNESS');
    } finally {
      await other.drop();
      await running.stop();
      await ledger.remove();
      await scratch.remove();
    }
  });
}
