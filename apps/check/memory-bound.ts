import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * `last-resort` collects again and again and drops what was compiled: seconds, where a regular one takes some 20 ms. `async`: as a task,
 * with no JavaScript under way; within some, a worker thread's full collection forgets all shapes that `--retain-maps-for-n-gc` keeps.
 */
type Options = { readonly type: 'major'; readonly flavor: 'regular' | 'last-resort'; readonly execution: 'async' } | { readonly type: 'minor' };
type Collect = (options: Options) => Promise<void> | void;

let known: Collect | undefined;
const collect: Collect = (options) => {
  if (!known) { setFlagsFromString('--expose-gc'); known = runInNewContext('gc') as Collect; }
  return known(options);
};

/** Growth that is let be before it is collected. Bytes; V8 by itself lets a thread's garbage grow to some 200 MB. */
const room = 48 * 1024 * 1024;
/** That of each of several threads. */
export const roomOfSeveral = 32 * 1024 * 1024;
/** Growth that a regular collection may leave: pages that V8 keeps for later. Bytes. */
const leave = 64 * 1024 * 1024;

/** Bytes of long texts and what is parsed from them die at once, yet V8 keeps their pages: called after each batch, it gives them back when they are many. */
export const createMemoryBound = (most = room): (() => Promise<void>) => {
  const held = (): number => { const { total_heap_size, external_memory } = getHeapStatistics(); return total_heap_size + external_memory; };
  let kept = held();
  let least = kept;
  let collecting: Promise<void> | undefined;
  const giveBack = async (): Promise<void> => {
    await collect({ type: 'major', flavor: 'regular', execution: 'async' });
    kept = held();
    if (kept - least < leave) return;
    await collect({ type: 'major', flavor: 'last-resort', execution: 'async' });
    kept = least = held();
  };
  return async () => {
    const now = held();
    kept = Math.min(kept, now);
    least = Math.min(least, now);
    if (now - kept >= most) await (collecting ??= giveBack().finally(() => { collecting = undefined; }));
  };
};

/** What is young and dead goes: in less than a millisecond on a thread that keeps little and allocates little but buffers, whose bytes V8 does not count as its nursery's. */
export const collectYoung = (): void => { void collect({ type: 'minor' }); };

/** Does `work` without growing the nursery: what a long text is parsed into outlives it anyhow, and V8 would give it another 100 MB meanwhile. */
export const inSmallNursery = <T>(work: () => T): T => {
  setFlagsFromString('--semi-space-growth-factor=1');
  try { return work(); } finally { setFlagsFromString('--semi-space-growth-factor=2'); } // V8's own
};
