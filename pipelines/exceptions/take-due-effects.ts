import { lockDueCases } from '../../storage/cases.ts';
import type { ExceptionDeps } from './deps.ts';
import { takeEffect, type Unsettled } from './effect.ts';
import { loadLocked } from './load.ts';

/**
 * Decisions whose undo windows are over take effect, in one transaction, asked of PostgreSQL alone: with many decisions at once, a
 * timer and an activity for each would come late. Any number of workers may ask at the same time; a case is taken up by one.
 * @param but cases that are passed over @param taking is told the cases before anything is done to them
 * @returns how many there were, and what is left for `settle`
 */
export async function takeDueEffects(deps: ExceptionDeps, limit: number, but: readonly string[] = [], taking: (exceptions: readonly string[]) => void = () => {}): Promise<{ taken: number; left: Unsettled[] }> {
  return deps.db.transaction(async (tx) => {
    const now = new Date();
    const rows = await lockDueCases(tx, now, but, limit);
    if (rows.length === 0) return { taken: 0, left: [] };
    taking(rows.map((row) => row.exception));
    const cases = await loadLocked(tx, rows);
    if (cases.some(({ state }) => state.pending === undefined)) throw new Error('a case is due for a decision that it does not have');
    return { taken: rows.length, left: await takeEffect(deps, tx, cases, await deps.policy(tx), now.toISOString()) };
  });
}
