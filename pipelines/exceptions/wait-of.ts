import type { PolicyInForce } from '../../storage/assessment.ts';
import { nextOfCase } from '../../storage/cases.ts';
import type { Queryable } from '../../storage/connect.ts';
import { usualDecisions } from '../../terms/policy.ts';

/** A decision whose undo window ended this long ago and that no worker has taken up is its workflow's to take up: so long that no workflow waits for it. */
export const GRACE_MS = 60_000;

/** @returns milliseconds until something is due for the case; null: nothing any more */
export async function waitOf(db: Queryable, exception: string, policy: PolicyInForce): Promise<{ waitMs: number | null }> {
  const next = await nextOfCase(db, exception, (policy.body.decisions ?? usualDecisions).remindHours, GRACE_MS);
  return { waitMs: next === null ? null : Math.max(0, next.getTime() - Date.now()) };
}
