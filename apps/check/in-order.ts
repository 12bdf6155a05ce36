import { setImmediate } from 'node:timers/promises';
import type { Piece } from './check.ts';
import type { CheckThreads } from './check-threads.ts';
import { freeBlock, type Block } from './inputs.ts';
import { createMemoryBound, inSmallNursery } from './memory-bound.ts';

/** A longer block is one long resource: checked alone, here, with nothing else under way, since it takes many times its length while it is. */
const long = 512 * 1024;
/** Of pieces that wait for one that another thread is still at. Characters. */
const mostText = 16 * 1024 * 1024;

/** A block's turn: its piece once it is made. */
type Turn = { made: Promise<void> | undefined; piece: Piece | undefined };

/**
 * The piece of each block, in the order of the blocks. The calling thread checks whenever the others have enough to do.
 * What is held is bounded: two blocks a thread and `mostText`, or one long resource.
 */
export async function* piecesInOrder(blocks: AsyncIterable<Block>, check: (block: Block) => Piece, threads: CheckThreads): AsyncGenerator<Piece> {
  const turns: Turn[] = [];
  let waiting = 0;
  const giveBack = createMemoryBound();
  const take = (turn: Turn, piece: Piece): void => { turn.piece = piece; waiting += piece.text.length; };
  const give = (block: Block): boolean => {
    const elsewhere = threads.offer(block);
    if (elsewhere === undefined) return false;
    const turn: Turn = { made: undefined, piece: undefined };
    turn.made = elsewhere.then((piece) => { take(turn, piece); });
    turn.made.catch(() => {}); // told of when its turn comes
    turns.push(turn);
    return true;
  };
  const next = async function* (until: () => boolean): AsyncGenerator<Piece> {
    while (turns.length > 0 && (turns[0]!.piece !== undefined || !until())) {
      const turn = turns.shift()!;
      await turn.made;
      waiting -= turn.piece!.text.length;
      yield turn.piece!;
    }
  };
  for await (const block of blocks) {
    const isLong = block.bytes.length > long;
    if (isLong) {
      yield* next(() => false);
      giveBack(); // what it was read in, piece by piece
    }
    if (isLong || !give(block)) {
      const turn: Turn = { made: undefined, piece: undefined };
      turns.push(turn);
      take(turn, isLong ? inSmallNursery(() => check(block)) : check(block));
      freeBlock(block);
      giveBack();
      await setImmediate(); // what the others made comes in, and what they get is read
    }
    yield* next(() => waiting <= mostText);
  }
  yield* next(() => false);
}
