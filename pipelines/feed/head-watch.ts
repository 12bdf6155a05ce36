import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../storage/connect.ts';
import { feedHead } from '../../storage/feeds.ts';

/** Tells when the feed has moved: one query a tick for however many wait, none while nobody does. */
export type HeadWatch = {
  /** The head, once it is beyond `seen`, or as it stands after `timeoutMs` or the signal. */
  beyond(seen: number, timeoutMs: number, signal: AbortSignal): Promise<number>;
};

export function watchHead(db: Database, everyMs = 200): HeadWatch {
  let tick: Promise<number> | undefined;
  const next = (): Promise<number> => {
    tick ??= sleep(everyMs).then(() => { tick = undefined; return feedHead(db); });
    return tick;
  };
  return {
    async beyond(seen, timeoutMs, signal) {
      let head = await feedHead(db);
      for (const end = Date.now() + timeoutMs; head <= seen && Date.now() < end && !signal.aborted;) head = await next();
      return head;
    },
  };
}
