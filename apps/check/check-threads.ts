import { Worker } from 'node:worker_threads';
import type { Piece } from './check.ts';
import { started, type Started, type ThreadData } from './thread-messages.ts';
import { hasMemoryAlone, type Block } from './inputs.ts';

/** Threads that check blocks. */
export type CheckThreads = {
  /** By the thread that has least to do; undefined while all of them start, or work and have the next block too. Rejects where the thread died. */
  offer(block: Block): Promise<Piece> | undefined;
  close(): Promise<void>;
};

type Waiting = { readonly resolve: (piece: Piece) => void; readonly reject: (error: unknown) => void };
type Thread = { readonly worker: Worker; readonly waiting: Waiting[]; started: boolean };

/** Blocks that a thread has: the one it works on and next ones, for as long as the calling thread is at a block of its own, or collects. */
const ahead = 6;

/** Resources are parsed into it and die there; with 8 MiB what is under way outlives it, and the thread does two thirds of what it could; more than this does no more. MiB. */
const nursery = 24;

const startThread = (data: ThreadData): Thread => {
  const worker = new Worker(new URL('./check-thread.ts', import.meta.url), { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: nursery } });
  const waiting: Waiting[] = [];
  const fail = (error: unknown): void => { for (const { reject } of waiting.splice(0)) reject(error); };
  const thread: Thread = { worker, waiting, started: false };
  worker.on('message', (message: Piece | Started) => {
    if (message === started) thread.started = true;
    else waiting.shift()?.resolve(message);
  });
  worker.on('error', fail);
  worker.on('exit', (code) => { fail(new Error(`a thread of the check ended with ${code}`)); });
  worker.unref();
  return thread;
};

/**
 * @param count threads besides the one that calls; 0: every offer is declined
 */
export const startCheckThreads = (data: ThreadData, count: number): CheckThreads => {
  const threads: Thread[] = [];
  const give = ({ worker, waiting }: Thread, block: Block): Promise<Piece> => {
    const bytes = hasMemoryAlone(block) ? block.bytes : new Uint8Array(block.bytes);
    worker.ref(); // a block under way keeps the process; an idle thread does not
    worker.postMessage({ ...block, bytes } satisfies Block, [bytes.buffer as ArrayBuffer]);
    return new Promise<Piece>((resolve, reject) => { waiting.push({ resolve, reject }); }).finally(() => { if (waiting.length === 0) worker.unref(); });
  };
  return {
    offer(block) {
      while (threads.length < count) threads.push(startThread(data));
      const thread = threads.filter((t) => t.started && t.waiting.length < ahead).sort((a, b) => a.waiting.length - b.waiting.length)[0];
      return thread && give(thread, block);
    },
    close: async () => { await Promise.all(threads.map(({ worker }) => worker.terminate())); },
  };
};
