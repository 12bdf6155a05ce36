import { extendChains, chainsOf, type NewLink } from '../storage/ledger-chains.ts';
import { isWaiting, lockLedger, moveLedger, placeLeaves, tilesAt, waitingEvents, writeTiles, type LedgerHead, type WaitingEvent } from '../storage/ledger.ts';
import type { Database, Tx } from '../storage/connect.ts';
import { bucketOf, nextLink } from './verify/chains.ts';
import { leafHash, rootOfHashes } from './verify/merkle.ts';
import { HASH_BYTES, splitHashes, TILE_WIDTH } from './verify/tiles.ts';

/** Events a transaction. */
const BATCH = 1_000;

/**
 * Takes what waits into the tree, in one transaction a batch: leaves, tiles, chains. A crash leaves
 * a batch as it was or has it whole.
 * @returns how many events became leaves
 */
export async function sequence(db: Database): Promise<number> {
  if (!await isWaiting(db)) return 0; // a lock would be written to disk, twice a second for nothing
  for (let placed = 0; ;) {
    const batch = await db.transaction(async (tx) => sequenceBatch(tx, await lockLedger(tx)));
    placed += batch.placed;
    if (batch.placed < BATCH) return placed;
  }
}

/** @param head locked by the caller */
export async function sequenceBatch(tx: Tx, head: LedgerHead): Promise<{ placed: number; head: LedgerHead }> {
  const events = await waitingEvents(tx, BATCH);
  return { placed: events.length, head: await placeEvents(tx, head, events) };
}

/** The events are the next leaves. @returns the tree's head afterwards */
export async function placeEvents(tx: Tx, head: LedgerHead, events: readonly WaitingEvent[]): Promise<LedgerHead> {
  if (events.length === 0) return head;
  await placeLeaves(tx, head.size, events);
  return growTree(tx, head, events);
}

/** Tiles, chains and head go on with events that stand as the next leaves. */
export async function growTree(tx: Tx, head: LedgerHead, events: readonly Pick<WaitingEvent, 'body' | 'touches'>[]): Promise<LedgerHead> {
  await appendHashes(tx, head.size, events.map((event) => leafHash(event.body)));
  await linkChains(tx, head.size, events);
  const moved = { ...head, size: head.size + events.length };
  await moveLedger(tx, moved);
  return moved;
}

/** C2SP tlog-tiles: the hashes continue level 0; each tile that is full is one hash of the level above. */
async function appendHashes(tx: Tx, size: number, leaves: readonly Buffer[]): Promise<void> {
  const levels = Array.from({ length: 7 }, (_, level) => ({ level, index: Math.floor(size / TILE_WIDTH ** (level + 1)) }));
  const partial = new Map((await tilesAt(tx, levels)).map((tile) => [tile.level, tile.hashes]));
  const written: { level: number; index: number; hashes: Buffer }[] = [];
  let hashes = leaves;
  for (const { level, index } of levels) {
    if (hashes.length === 0) break;
    const all = Buffer.concat([partial.get(level) ?? Buffer.alloc(0), ...hashes]);
    const above: Buffer[] = [];
    for (let at = 0; at < all.length; at += TILE_WIDTH * HASH_BYTES) {
      const tile = all.subarray(at, at + TILE_WIDTH * HASH_BYTES);
      written.push({ level, index: index + at / (TILE_WIDTH * HASH_BYTES), hashes: tile });
      if (tile.length === TILE_WIDTH * HASH_BYTES) above.push(rootOfHashes(splitHashes(tile)));
    }
    hashes = above;
  }
  await writeTiles(tx, written);
}

async function linkChains(tx: Tx, first: number, events: readonly Pick<WaitingEvent, 'touches'>[]): Promise<void> {
  const touches = events.flatMap((event, place) => touchesOf(event.touches).map((touch) => ({ ...touch, leaf: first + place })));
  if (touches.length === 0) return;
  const chains = new Map((await chainsOf(tx, [...new Map(touches.map((one) => [one.key, one.subject])).values()]))
    .map((chain) => [chain.subject.toString('latin1'), { ...chain }]));
  const links = touches.map(({ key, leaf, hash }): NewLink => {
    const chain = chains.get(key);
    if (chain === undefined) throw new Error('a chain that was just written is not there');
    chain.count += 1;
    chain.link = nextLink(chain.link, leaf, hash);
    return { chain: chain.id, n: chain.count, leaf, hash };
  });
  await extendChains(tx, links, [...chains.values()], [...new Set(touches.map((one) => bucketOf(one.subject)))]);
}

function touchesOf(touches: Buffer | null): { key: string; subject: Buffer; hash: Buffer }[] {
  const parts = splitHashes(touches ?? Buffer.alloc(0));
  return Array.from({ length: parts.length / 2 }, (_, n) => {
    const [subject, hash] = [parts[2 * n]!, parts[2 * n + 1]!];
    return { key: subject.toString('latin1'), subject, hash };
  });
}
