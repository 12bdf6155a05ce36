import { randomBytes, type KeyObject } from 'node:crypto';
import { markAnchored, newestCheckpoint, recordCheckpoint } from '../storage/checkpoints.ts';
import { newestKey } from '../storage/ledger-keys.ts';
import { lockLedger, ledgerHead, type LedgerHead } from '../storage/ledger.ts';
import type { Database, Queryable, Tx } from '../storage/connect.ts';
import { recordEvents, transactionInstant } from '../storage/events.ts';
import { AssayError } from '../terms/errors.ts';
import type { EventBody } from '../terms/event.ts';
import type { Anchor } from './anchors/anchor.ts';
import { currentHeadsRoot } from './chain-heads.ts';
import { placeEvents, sequenceBatch } from './sequence.ts';
import { nodesInStore } from './tiles-in-store.ts';
import { canonicalBytes } from './verify/canonical-json.ts';
import { checkpointText, parseCheckpoint } from './verify/checkpoint.ts';
import { signNote, verifierKey } from './verify/note.ts';
import { consistencyProof, treeRoot } from './verify/tree.ts';

export type Signing = {
  readonly db: Database;
  readonly key: KeyObject;
  readonly anchors: readonly Anchor[];
  /** The log's name, for the first checkpoint; default fhir-assay/ and random hex. */
  readonly origin?: string;
  /** Told of an anchor that could not be reached; the checkpoint is put there with the next one. */
  readonly unreached?: (anchor: string, error: unknown) => void;
};

/**
 * Takes what waits into the tree, closes it with the root over all chain heads, and signs; then puts
 * the checkpoint into every anchor. Without news it only puts where an earlier one did not get to.
 * @returns the newest checkpoint, as a C2SP signed note; undefined for an empty log
 * @throws AssayError ASSAY_LEDGER_ROLLED_BACK, ASSAY_LEDGER_FORKED when an anchor remembers another log;
 *   ASSAY_LEDGER_KEY when our key is not the log's
 */
export async function makeCheckpoint(signing: Signing): Promise<string | undefined> {
  const { db, key } = signing;
  await compareWithAnchors(db, signing.anchors);
  await db.transaction(async (tx) => {
    let head = await lockLedger(tx);
    head = { ...head, origin: head.origin ?? signing.origin ?? `fhir-assay/${randomBytes(4).toString('hex')}` };
    for (let placed = 1; placed > 0;) ({ head, placed } = await sequenceBatch(tx, head));
    if (head.size === (await newestCheckpoint(tx))?.size || head.size === 0) return;
    head = await knowKey(tx, head, key);
    await sign(tx, head, [key]);
  });
  return anchorNewest(signing);
}

/** Closes the tree as it stands with the root over all chain heads, and signs it. @param keys of which the last is the log's */
export async function sign(tx: Tx, head: LedgerHead, keys: readonly KeyObject[]): Promise<void> {
  const closed = await placeOwn(tx, head, 'chain-heads', { heads: (await currentHeadsRoot(tx)).toString('hex') });
  const origin = closed.origin ?? '';
  const text = checkpointText(origin, closed.size, await treeRoot(closed.size, nodesInStore(tx)));
  const [note = '', ...more] = keys.map((key) => signNote(text, origin, key));
  await recordCheckpoint(tx, closed.size, note + more.map((other) => other.slice(text.length + 1)).join(''));
}

/** An event of the ledger's own, as the next leaf. */
export async function placeOwn(tx: Tx, head: LedgerHead, kind: 'chain-heads' | 'ledger-key' | 'ledger-restored', more: EventBody): Promise<LedgerHead> {
  const body = canonicalBytes({ ...more, kind, at: await transactionInstant(tx) });
  const [id = ''] = await recordEvents(tx, [{ kind, body, covers: [], first: 0, hashes: Buffer.alloc(0), touches: Buffer.alloc(0) }]);
  return placeEvents(tx, head, [{ id, body, touches: null }]);
}

/** The first key becomes a leaf; later ones only by rotation. */
async function knowKey(tx: Tx, head: LedgerHead, key: KeyObject): Promise<LedgerHead> {
  const mine = verifierKey(head.origin ?? '', key);
  const known = await newestKey(tx);
  if (known === undefined) return placeOwn(tx, head, 'ledger-key', { key: mine });
  if (known.key !== mine) throw new AssayError('ASSAY_LEDGER_KEY', `the log's is ${known.key}`);
  return head;
}

/** What an anchor remembers must be the beginning of what we have. */
export async function compareWithAnchors(db: Queryable, anchors: readonly Anchor[]): Promise<void> {
  const { origin, size } = await ledgerHead(db);
  if (origin === null) return;
  for (const anchor of anchors) {
    const remembered = await anchor.newest(origin);
    if (remembered === undefined) continue;
    if (remembered.size > size) throw new AssayError('ASSAY_LEDGER_ROLLED_BACK', `${anchor.name} has ${remembered.size} leaves, the database ${size}`);
    const root = await treeRoot(remembered.size, nodesInStore(db));
    if (!root.equals(remembered.root)) throw new AssayError('ASSAY_LEDGER_FORKED', `${anchor.name}, at ${remembered.size} leaves`);
  }
}

async function anchorNewest({ db, anchors, unreached }: Signing): Promise<string | undefined> {
  const newest = await newestCheckpoint(db);
  if (newest === undefined || newest.anchoredAt !== null) return newest?.note;
  let { note } = newest;
  const prove = (older: number): Promise<Buffer[]> => consistencyProof(older, newest.size, nodesInStore(db));
  let everywhere = true;
  // Signatures of witnesses first, so that the files have them too.
  for (const anchor of anchors) {
    await anchor.put({ note, size: newest.size }, prove).then((lines) => { note += lines; },
      (error: unknown) => { everywhere = false; unreached?.(anchor.name, error); });
  }
  if (parseCheckpoint(note) !== undefined && everywhere) await markAnchored(db, newest.size, note);
  return note;
}
