import type { BlockMemory } from './block-memory.ts';
import type { Block } from './blocks.ts';
import type { Piece } from './check.ts';
import type { CheckThreads } from './check-threads.ts';
import { collectYoung, createMemoryBound, inSmallNursery, roomOfSeveral } from './memory-bound.ts';

/** A longer block is one long resource, which takes many times its length while it is checked. Bytes. */
const long = 1024 * 1024;
/** One longer still is checked with nothing else under way. Bytes. */
const veryLong = 2 * 1024 * 1024;
/** Blocks that a thread has, the one it works on and next ones, for as long as the calling thread reads, writes or collects. */
const ahead = 4;
/** Blocks between two collections of what their reports came in: more than are under way, so that few outlive one. */
const between = 16;

/** The piece of each block, by the calling thread. */
export async function* piecesAlone(blocks: AsyncIterable<Block>, check: (block: Block) => Piece, memory: BlockMemory): AsyncGenerator<Piece> {
  const giveBack = createMemoryBound();
  for await (const block of blocks) {
    const isLong = block.bytes.length > long;
    if (isLong) await giveBack(); // what it was read in, ever longer
    const piece = isLong ? inSmallNursery(() => check(block)) : check(block);
    memory.giveBack(block.bytes.buffer);
    await giveBack();
    yield piece;
  }
}

/** The piece of each block, in the order of the blocks, by threads that have `ahead` blocks each, or one very long one between them. */
export async function* piecesInOrder(blocks: AsyncIterable<Block>, threads: CheckThreads, memory: BlockMemory): AsyncGenerator<Piece> {
  const turns: Promise<Piece>[] = [];
  const giveBack = createMemoryBound(roomOfSeveral);
  let given = 0;
  const downTo = async function* (count: number): AsyncGenerator<Piece> {
    while (turns.length > count) yield await turns.shift()!;
  };
  for await (const block of blocks) {
    const most = block.bytes.length > veryLong ? 0 : ahead * threads.count - 1;
    yield* downTo(most);
    if (++given % between === 0) collectYoung();
    await giveBack();
    const piece = threads.check(block).then((answer) => { memory.giveBack(answer.memory); return answer.piece; });
    piece.catch(() => {}); // told of when its turn comes
    turns.push(piece);
    if (most === 0) yield* downTo(0);
  }
  yield* downTo(0);
}
