/** A thread of validator-threads.ts: validates batches in the order they come and answers each. */
import { parentPort, workerData } from 'node:worker_threads';
import { createProfileValidator, type ValidateOptions } from '../validators/profile/validator.ts';
import { definitionsFrom, type Store } from './definition-store.ts';
import { packFindings } from './findings-message.ts';
import { createMemoryBound } from './memory-bound.ts';

export type ThreadData = { readonly stores: readonly Store[] };
/** Resources one after the other in `bytes`; `ends[i]` is where the i-th ends. */
export type Batch = { readonly bytes: Uint8Array; readonly ends: Uint32Array; readonly options: ValidateOptions | undefined };

const validator = createProfileValidator({ packages: definitionsFrom((workerData as ThreadData).stores) });

const giveBack = createMemoryBound();

parentPort?.on('message', ({ bytes, ends, options }: Batch) => {
  const message = packFindings(Array.from(ends, (end, i) => validator.validate(bytes.subarray(i === 0 ? 0 : ends[i - 1], end), options)));
  parentPort?.postMessage(message, [message.counts.buffer as ArrayBuffer, message.which.buffer as ArrayBuffer]);
  giveBack();
});
