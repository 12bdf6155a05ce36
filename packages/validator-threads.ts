import { Worker } from 'node:worker_threads';
import type { ProfileFinding, ValidateOptions } from '../validators/profile/validator.ts';
import type { Store } from './definition-store.ts';
import { unpackFindings, type FindingsMessage } from './findings-message.ts';
import type { Batch, ThreadData } from './validator-thread.ts';

export type BatchFindings = readonly (readonly ProfileFinding[])[];

/** Threads that validate batches of resources (one JSON text in UTF-8 each); of each batch, the findings of each resource in order. */
export type ValidatorThreads = {
  /** By the thread that has least to do. Rejects where a thread died. */
  validate(resources: readonly Uint8Array[], options?: ValidateOptions): Promise<BatchFindings>;
  /** As `validate`; undefined while every thread works and has the next batch too. */
  offer(resources: readonly Uint8Array[], options?: ValidateOptions): Promise<BatchFindings> | undefined;
  close(): Promise<void>;
};

type Waiting = { readonly resolve: (found: BatchFindings) => void; readonly reject: (error: unknown) => void };
type Thread = { readonly worker: Worker; readonly waiting: Waiting[] };

/** Batches that a thread has: the one it works on and the next. */
const ahead = 2;

/** Young objects die at once here: a small nursery costs nothing and keeps a thread small. MiB. */
const nursery = 8;

const startThread = (stores: readonly Store[]): Thread => {
  const worker = new Worker(new URL('./validator-thread.ts', import.meta.url), { workerData: { stores } satisfies ThreadData, resourceLimits: { maxYoungGenerationSizeMb: nursery } });
  const waiting: Waiting[] = [];
  const fail = (error: unknown): void => { for (const { reject } of waiting.splice(0)) reject(error); };
  worker.on('message', (message: FindingsMessage) => { waiting.shift()?.resolve(unpackFindings(message)); });
  worker.on('error', fail);
  worker.on('exit', (code) => { fail(new Error(`a validator thread ended with ${code}`)); });
  worker.unref();
  return { worker, waiting };
};

const batchOf = (resources: readonly Uint8Array[], options: ValidateOptions | undefined): Batch => {
  const ends = new Uint32Array(resources.length);
  let size = 0;
  resources.forEach((resource, i) => { ends[i] = size += resource.length; });
  const bytes = new Uint8Array(size);
  resources.forEach((resource, i) => { bytes.set(resource, i === 0 ? 0 : ends[i - 1]); });
  return { bytes, ends, options };
};

/**
 * @param count threads besides the one that calls
 * @param after offers that are declined before the threads are started: for a little work they are not worth their start
 */
export const startValidatorThreads = (stores: readonly Store[], count: number, after = 0): ValidatorThreads => {
  const threads: Thread[] = [];
  let declined = 0;
  const start = (): void => { while (threads.length < count) threads.push(startThread(stores)); };
  const leastBusy = (): Thread => threads.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a));
  const give = ({ worker, waiting }: Thread, resources: readonly Uint8Array[], options: ValidateOptions | undefined): Promise<BatchFindings> => {
    const batch = batchOf(resources, options);
    worker.ref(); // a batch under way keeps the process; an idle thread does not
    worker.postMessage(batch, [batch.bytes.buffer as ArrayBuffer, batch.ends.buffer as ArrayBuffer]);
    return new Promise<BatchFindings>((resolve, reject) => { waiting.push({ resolve, reject }); }).finally(() => { if (waiting.length === 0) worker.unref(); });
  };
  return {
    validate(resources, options) {
      start();
      return give(leastBusy(), resources, options);
    },
    offer(resources, options) {
      if (count === 0 || declined++ < after) return undefined;
      start();
      const thread = leastBusy();
      return thread.waiting.length < ahead ? give(thread, resources, options) : undefined;
    },
    close: async () => { await Promise.all(threads.map(({ worker }) => worker.terminate())); },
  };
};
