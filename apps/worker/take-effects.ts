import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ExceptionDeps } from '../../pipelines/exceptions/deps.ts';
import { takeDueEffect } from '../../pipelines/exceptions/take-due-effect.ts';

/** How often PostgreSQL is asked whether a decision is due: an index with the pending decisions alone. */
const LOOK_MS = 100;
/** Transactions at once. */
const AT_ONCE = 4;
/** After a failure: the case is passed over, or PostgreSQL left alone, for this long. */
const PASS_OVER_MS = 30_000;
const REST_MS = 1_000;

/** Decisions take effect as their undo windows end, until the signal; what has begun is finished. */
export async function takeEffects(deps: Omit<ExceptionDeps, 'beat'>, signal: AbortSignal, log: Pick<Logger, 'warn'>): Promise<void> {
  const passedOver = new Map<string, number>();
  while (!signal.aborted) {
    if (await takeOne()) await Promise.all(Array.from({ length: AT_ONCE }, async () => { while (await takeOne()); }));
    else await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
  }

  async function takeOne(): Promise<boolean> {
    if (signal.aborted) return false;
    let taken: string | undefined;
    for (const [exception, until] of passedOver) if (until < Date.now()) passedOver.delete(exception);
    try {
      return await takeDueEffect({ ...deps, beat: () => {} }, [...passedOver.keys()], (exception) => { taken = exception; });
    } catch (error) {
      if (signal.aborted) return false;
      log.warn({ err: error, exception: taken }, 'a decision did not take effect; it is tried again');
      if (taken !== undefined) passedOver.set(taken, Date.now() + PASS_OVER_MS);
      else await sleep(REST_MS, undefined, { signal }).catch(() => {});
      return taken !== undefined;
    }
  }
}
