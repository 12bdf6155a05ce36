import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Publishing } from './publisher-thread.ts';

const AGAIN_MS = 1_000;

/**
 * Publishes until the signal, on a thread of its own: encoding for Kafka takes as long as a fifth of all that the
 * worker does. A thread that ends by itself is started again; where it stood is in Kafka.
 */
export async function publishInThread(publishing: Publishing, signal: AbortSignal, log: Logger): Promise<void> {
  while (!signal.aborted) {
    await oneThread(publishing, signal).catch((error: unknown) => log.warn({ err: error }, 'the publisher’s thread ended; starting it again'));
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
  }
}

function oneThread(publishing: Publishing, signal: AbortSignal): Promise<void> {
  const thread = new Worker(new URL('./publisher-thread.ts', import.meta.url), { workerData: publishing });
  const stop = (): void => thread.postMessage('stop');
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<void>((resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', () => resolve());
  }).finally(() => signal.removeEventListener('abort', stop));
}
