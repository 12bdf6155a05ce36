/** A thread of check-threads.ts: checks blocks in the order they come and answers each with its piece of the report. */
import { parentPort, workerData } from 'node:worker_threads';
import { definitionsFrom } from '../../packages/definition-store.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';
import { formats } from './formats.ts';
import type { Block } from './blocks.ts';
import { checkBlock } from './check.ts';
import { createMemoryBound, roomOfSeveral } from './memory-bound.ts';
import type { Answer, ThreadData } from './thread-messages.ts';

const { stores, format, version, options } = workerData as ThreadData;
const check = checkBlock(createProfileValidator({ packages: definitionsFrom(stores) }), formats.get(format)!(version), options);
const giveBack = createMemoryBound(roomOfSeveral);

parentPort?.on('message', (block: Block) => {
  const piece = check(block);
  const memory = block.bytes.buffer;
  parentPort?.postMessage({ piece, memory } satisfies Answer, [piece.text.buffer, memory]);
  void giveBack();
});
