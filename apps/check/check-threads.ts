import { Worker } from 'node:worker_threads';
import type { Block } from './blocks.ts';
import type { Answer, ThreadData } from './thread-messages.ts';

/** Threads that check blocks; the one that calls only reads and writes. */
export type CheckThreads = {
  readonly count: number;
  /** By the thread that has least to do, which is given the block's memory meanwhile. Rejects where the thread died. */
  check(block: Block): Promise<Answer>;
  close(): Promise<void>;
};

type Waiting = { readonly bytes: number; readonly resolve: (answer: Answer) => void; readonly reject: (error: unknown) => void };
type Thread = { readonly worker: Worker; readonly waiting: Waiting[] };

const startThread = (data: ThreadData): Thread => {
  const worker = new Worker(new URL('./check-thread.ts', import.meta.url), { workerData: data });
  const waiting: Waiting[] = [];
  const fail = (error: unknown): void => { for (const { reject } of waiting.splice(0)) reject(error); };
  worker.on('message', (answer: Answer) => { waiting.shift()?.resolve(answer); });
  worker.on('error', fail);
  worker.on('exit', (code) => { fail(new Error(`a thread of the check ended with ${code}`)); });
  worker.unref();
  return { worker, waiting };
};

const toDo = ({ waiting }: Thread): number => waiting.reduce((sum, { bytes }) => sum + bytes, 0);

export const startCheckThreads = (data: ThreadData, count: number): CheckThreads => {
  const threads = Array.from({ length: count }, () => startThread(data));
  return {
    count,
    check(block) {
      const { worker, waiting } = threads.reduce((least, one) => toDo(one) < toDo(least) ? one : least);
      worker.ref(); // a block under way keeps the process; an idle thread does not
      const answer = new Promise<Answer>((resolve, reject) => { waiting.push({ bytes: block.bytes.length, resolve, reject }); });
      worker.postMessage(block, [block.bytes.buffer]);
      return answer.finally(() => { if (waiting.length === 0) worker.unref(); });
    },
    close: async () => { await Promise.all(threads.map(({ worker }) => worker.terminate())); },
  };
};
