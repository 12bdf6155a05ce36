import { casesComingDue } from '../../storage/cases.ts';
import { usualDecisions } from '../../terms/policy.ts';
import { act, type Acted } from './act.ts';
import type { ExceptionDeps } from './deps.ts';
import { doDue } from './due.ts';
import { GRACE_MS } from './wait-of.ts';

/** Ids in, ids and codes out; a repeated call changes nothing. */
export const createExceptionActivities = (deps: ExceptionDeps) => ({
  /** @param command id of the row that the API wrote */
  actOnCase: (command: string): Promise<Acted> => act(deps, command),
  caseDue: (exception: string): Promise<{ waitMs: number | null }> => doDue(deps, exception),
  /** Cases whose next time comes within this long. */
  async casesComingDue(withinMs: number, limit: number): Promise<string[]> {
    const { remindHours } = (await deps.policy(deps.db)).body.decisions ?? usualDecisions;
    return casesComingDue(deps.db, new Date(Date.now() + withinMs), remindHours, GRACE_MS, limit);
  },
});
export type ExceptionActivities = ReturnType<typeof createExceptionActivities>;
