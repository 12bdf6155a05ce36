import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/**
 * Does something now and then until the signal, which does not wait for what is going on: it must be
 * such that a process may die in it. A failure is logged, and it is tried again at the next turn.
 */
export async function repeatedly(everyMs: number, signal: AbortSignal, log: Logger, what: string, work: () => Promise<void>): Promise<void> {
  const ended = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  while (!signal.aborted) {
    await Promise.race([ended, work().catch((error: unknown) => { if (!signal.aborted) log.warn({ err: error }, `${what} failed`); })]);
    await sleep(everyMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
