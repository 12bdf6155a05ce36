import type { CoveredRow, EventBody, EventKind } from '../../terms/event.ts';
import type { Database, Tx } from '../../storage/connect.ts';
import * as runState from '../../storage/run-state.ts';

type Deps = {
  readonly db: Database;
  readonly appendEvent: (tx: Tx, kind: EventKind, body: EventBody, covered: CoveredRow[]) => Promise<void>;
};

/** What a run's workflow says of the run itself; its stages say the rest. */
export const createRunActivities = ({ db, appendEvent }: Deps) => ({
  async enterPhase(run: string, phase: string): Promise<void> {
    await runState.enterPhase(db, run, phase);
  },
  /** @param code the catalogue's code of what ended it */
  async endRun(run: string, state: 'failed' | 'cancelled', code: string): Promise<void> {
    await db.transaction(async (tx) => {
      if (await runState.endRun(tx, run, state, code)) await appendEvent(tx, 'run-closed', { run, state, code }, []);
    });
  },
});

export type RunKeepingActivities = ReturnType<typeof createRunActivities>;
