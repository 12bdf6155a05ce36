import type { KeyObject } from 'node:crypto';
import { newestKey } from '../storage/ledger-keys.ts';
import { lockLedger } from '../storage/ledger.ts';
import { AssayError } from '../terms/errors.ts';
import { compareWithAnchors, makeCheckpoint, placeOwn, sign, type Signing } from './checkpoint.ts';
import { sequenceBatch } from './sequence.ts';
import { verifierKey } from './verify/note.ts';

/**
 * The log's next key: named in a leaf, under a checkpoint that both keys sign. Whoever trusts the old
 * key so learns the new one. Repeated after a crash it goes on where it was.
 * @throws AssayError ASSAY_LEDGER_KEY when neither key is the log's
 */
export async function rotateKey(signing: Signing, next: KeyObject, by: string): Promise<string | undefined> {
  await makeCheckpoint(signing);
  await compareWithAnchors(signing.db, signing.anchors);
  await signing.db.transaction(async (tx) => {
    let head = await lockLedger(tx);
    const [before, key] = [signing.key, next].map((one) => verifierKey(head.origin ?? '', one)) as [string, string];
    const known = (await newestKey(tx))?.key;
    if (known === key) return;
    if (known !== before) throw new AssayError('ASSAY_LEDGER_KEY', `the log's is ${known ?? 'none yet'}`);
    for (let placed = 1; placed > 0;) ({ head, placed } = await sequenceBatch(tx, head));
    head = await placeOwn(tx, head, 'ledger-key', { key, before, by });
    await sign(tx, head, [signing.key, next]);
  });
  return makeCheckpoint({ ...signing, key: next });
}
