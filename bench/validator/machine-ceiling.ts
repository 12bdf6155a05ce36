import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { median, type Line } from './lines.ts';

/** How many times one thread's work two threads do that share nothing and parse the same lines: what this machine lets any program have. */
export const machineCeiling = async (lines: readonly Line[], rounds: number): Promise<number> => {
  const threads = Array.from({ length: 2 }, () => new Worker(new URL('./parse-thread.ts', import.meta.url), { workerData: { lines: lines.map(({ bytes }) => bytes) } }));
  const [first, second] = threads as [Worker, Worker];
  const ask = async (thread: Worker): Promise<number> => {
    thread.postMessage(Math.ceil(20_000 / lines.length));
    return (await once(thread, 'message') as [number])[0];
  };
  const ratios: number[] = [];
  for (let i = 0; i < rounds + 2; i++) {
    const [alone, beside] = [await ask(i % 2 === 0 ? first : second), await Promise.all([ask(first), ask(second)])];
    if (i >= 2) ratios.push(beside.reduce((sum, ms) => sum + alone / ms, 0)); // both are warm
  }
  await Promise.all(threads.map((thread) => thread.terminate()));
  return median(ratios);
};
