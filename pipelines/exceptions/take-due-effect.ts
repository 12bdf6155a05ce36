import { claimDueEffect } from '../../storage/cases.ts';
import type { ExceptionDeps } from './deps.ts';
import { settle, takeEffect } from './effect.ts';
import { loadCase } from './load.ts';

/**
 * One decision whose undo window is over takes effect, asked of PostgreSQL alone: with many decisions at once, a timer and an
 * activity for each would come late. Any number of workers may ask at the same time; a case is taken up by one.
 * @param but cases that are passed over @param taking is told the case before anything is done to it
 * @returns whether there was one
 */
export async function takeDueEffect(deps: ExceptionDeps, but: readonly string[] = [], taking: (exception: string) => void = () => {}): Promise<boolean> {
  const taken = await deps.db.transaction(async (tx) => {
    const now = new Date();
    const exception = await claimDueEffect(tx, now, but);
    if (exception === undefined) return undefined;
    taking(exception);
    const loaded = await loadCase(tx, exception);
    if (loaded?.state.pending === undefined) throw new Error('a case is due for a decision that it does not have');
    return { left: await takeEffect(deps, tx, loaded, await deps.policy(tx), now.toISOString()), reach: loaded.row.reach };
  });
  if (taken?.left !== undefined) await settle(deps, taken.left, taken.reach, 'took-effect');
  return taken !== undefined;
}
