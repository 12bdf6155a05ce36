import { lockLedger, moveLedger, ledgerHead } from '../storage/ledger.ts';
import { AssayError } from '../terms/errors.ts';
import { makeCheckpoint, placeOwn, sign, type Signing } from './checkpoint.ts';
import { sequenceBatch } from './sequence.ts';
import { verifierKey } from './verify/note.ts';

/**
 * Says in the log that the database was restored from a backup older than the newest anchor: which
 * anchored tree is lost. The log goes on under a new name, since under the old one it would be a fork.
 * @throws AssayError ASSAY_LEDGER_NOT_ROLLED_BACK when nothing is lost
 */
export async function sayRestored(signing: Signing, by: string, because: string): Promise<string | undefined> {
  const { db, anchors, key } = signing;
  const { origin, size } = await ledgerHead(db);
  const lost = (await Promise.all(anchors.map((anchor) => anchor.newest(origin ?? '')))).flatMap((one) => one ?? [])
    .sort((a, b) => b.size - a.size)[0];
  if (origin === null || lost === undefined || lost.size <= size) throw new AssayError('ASSAY_LEDGER_NOT_ROLLED_BACK');
  await db.transaction(async (tx) => {
    let head = await lockLedger(tx);
    head = { ...head, origin: nextName(origin) };
    await moveLedger(tx, head);
    for (let placed = 1; placed > 0;) ({ head, placed } = await sequenceBatch(tx, head));
    head = await placeOwn(tx, head, 'ledger-restored', { before: origin, lostSize: lost.size, lostRoot: lost.root.toString('hex'), backupSize: size, by, because });
    head = await placeOwn(tx, head, 'ledger-key', { key: verifierKey(head.origin ?? '', key), by });
    await sign(tx, head, [key]);
  });
  return makeCheckpoint(signing);
}

/** `name` → `name/2` → `name/3`. */
function nextName(origin: string): string {
  const [, base = origin, n = '1'] = /^(.*)\/(\d{1,4})$/.exec(origin) ?? [];
  return `${base}/${Number(n) + 1}`;
}
