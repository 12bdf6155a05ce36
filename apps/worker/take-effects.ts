import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ExceptionDeps } from '../../pipelines/exceptions/deps.ts';
import { settle, type Unsettled } from '../../pipelines/exceptions/effect.ts';
import { takeDueEffects } from '../../pipelines/exceptions/take-due-effects.ts';
import { nextEffect } from '../../storage/cases.ts';

/** How often PostgreSQL is asked whether a decision is due: an index with the pending decisions alone. One that it tells of is not waited for longer than until it is due. */
const LOOK_MS = 100;
/** One that is due and was not there to be taken is another worker's at this moment. */
const LEAST_MS = 5;
/** Decisions a transaction. */
const TOGETHER = 50;
/** Transactions at once: where one waits for somebody's lock, the other goes on. */
const LANES = 2;
/** Decisions with many records that go to the feeds at once, beside the others. */
const BESIDE = 3;
/** After a failure: the case is passed over, or PostgreSQL left alone, for this long. */
const PASS_OVER_MS = 30_000;
const REST_MS = 1_000;

/** Decisions take effect as their undo windows end, until the signal; what has begun is finished. */
export async function takeEffects(given: Omit<ExceptionDeps, 'beat'>, signal: AbortSignal, log: Pick<Logger, 'warn'>): Promise<void> {
  const deps = { ...given, beat: () => {} };
  const passedOver = new Map<string, number>();
  const beside = new Set<Promise<void>>();
  /** Of those that failed together each is tried alone. */
  let alone = 0;
  await Promise.all(Array.from({ length: LANES }, async () => {
    while (!signal.aborted) if (await takeSome() === 0) await sleep(await untilNext(), undefined, { signal }).catch(() => {});
  }));
  await Promise.all(beside);

  async function takeSome(): Promise<number> {
    let taking: readonly string[] = [];
    for (const [exception, until] of passedOver) if (until < Date.now()) passedOver.delete(exception);
    try {
      const { taken, left } = await takeDueEffects(deps, alone > 0 ? 1 : TOGETHER, [...passedOver.keys()], (exceptions) => { taking = exceptions; });
      alone = Math.max(0, alone - 1);
      for (const one of left) await goOn(one);
      return taken;
    } catch (error) {
      if (signal.aborted) return 0;
      const [only] = taking;
      log.warn({ err: error, exceptions: taking }, 'a decision did not take effect; it is tried again');
      if (taking.length > 1) alone = taking.length;
      else if (only !== undefined) passedOver.set(only, Date.now() + PASS_OVER_MS);
      else await sleep(REST_MS, undefined, { signal }).catch(() => {});
      return taking.length;
    }
  }

  /** What has many records goes on beside what has few; who ends in it is followed by the case's workflow. */
  async function goOn(one: Unsettled): Promise<void> {
    while (beside.size >= BESIDE) await Promise.race(beside);
    const going = settle(deps, one, 'took-effect')
      .catch((error: unknown) => { if (!signal.aborted) log.warn({ err: error, exception: one.decision.exception }, 'a decision is not wholly in the feeds; its case goes on with it'); })
      .finally(() => beside.delete(going));
    beside.add(going);
  }

  async function untilNext(): Promise<number> {
    const next = await nextEffect(deps.db, [...passedOver.keys()]).catch(() => undefined);
    return next === undefined ? LOOK_MS : Math.min(LOOK_MS, Math.max(LEAST_MS, next.getTime() - Date.now()));
  }
}
