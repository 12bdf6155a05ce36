import type { Logger } from 'pino';
import { tryPolicy } from '../../pipelines/assessment/try-policy.ts';
import type { Database } from '../../storage/connect.ts';
import { whileOnlyOne } from '../../storage/only-one.ts';
import { keepTrial, policies, untried } from '../../storage/policies.ts';
import { judging } from './judging.ts';

/**
 * Tries each proposed policy that nobody has tried yet; one worker at a time. The row is what is still to be done: a worker that dies
 * leaves it for the next turn.
 */
export const tryProposals = (db: Database, log: Logger, signal: AbortSignal) => async (): Promise<void> => {
  if ((await untried(db)).length === 0) return;
  await whileOnlyOne(db, 'policy-trials', async (lost) => {
    const [inForce] = await policies(db, 1);
    if (inForce === undefined) return;
    for (const { id, body } of await untried(db)) {
      const trial = await tryPolicy({ db, ...judging, beat: () => { signal.throwIfAborted(); lost.throwIfAborted(); } }, inForce.body, body);
      await keepTrial(db, id, trial);
      log.info({ proposal: id, looked: trial.looked, changed: trial.changed }, 'policy tried');
    }
  });
};
