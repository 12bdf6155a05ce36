import { allHandlersFinished, condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { CaseActivities } from './activities.ts';
import { actOnCase, type CaseAnswer, type CaseInput } from './messages.ts';

const retry = { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' } as const;
/** Somebody waits for it: a worker that was killed is noticed soon. */
const soon = proxyActivities<CaseActivities>({ startToCloseTimeout: '30 seconds', heartbeatTimeout: '6 seconds', retry });
/** A case may have very many records. */
const long = proxyActivities<CaseActivities>({ startToCloseTimeout: '2 hours', heartbeatTimeout: '20 seconds', retry });

/**
 * Carries commands, waits and times of one case, and holds no truth (contract 16). It starts with the first touch or with the
 * sweep, and ends when nothing is due any more; the next touch starts it again.
 */
export async function governException({ exception }: CaseInput): Promise<void> {
  let touched = 0;
  setHandler(actOnCase, async (command): Promise<CaseAnswer> => {
    const answer = await soon.actOnCase(command);
    touched++;
    return answer;
  });
  for (;;) {
    const seen = touched;
    const { waitMs } = await long.caseDue(exception);
    if (touched !== seen) continue;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      return continueAsNew<typeof governException>({ exception });
    }
    if (waitMs === null) {
      await condition(allHandlersFinished);
      if (touched === seen) return;
    } else if (waitMs > 0) {
      await condition(() => touched !== seen, waitMs);
    }
  }
}
