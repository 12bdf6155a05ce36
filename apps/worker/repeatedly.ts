import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Does something now and then until the signal; a failure is logged, and it is tried again at the next turn. */
export async function repeatedly(everyMs: number, signal: AbortSignal, log: Logger, what: string, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) => log.warn({ err: error }, `${what} failed`));
    await sleep(everyMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
