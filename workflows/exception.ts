import { allHandlersFinished, condition, continueAsNew, proxyActivities, proxyLocalActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { CaseActivities } from './activities.ts';
import { actOnCase, SWEEP_MS, type CaseAnswer, type CaseInput } from './messages.ts';

const retry = { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' } as const;
/** Somebody waits for it: a worker that was killed is noticed soon. */
const soon = proxyActivities<CaseActivities>({ startToCloseTimeout: '30 seconds', heartbeatTimeout: '6 seconds', retry });
/** An act is one short transaction: done within the workflow's task, it costs Temporal one task where it had cost three. */
const within = proxyLocalActivities<CaseActivities>({ startToCloseTimeout: '30 seconds', retry });
/** A case may have very many records. */
const long = proxyActivities<CaseActivities>({ startToCloseTimeout: '2 hours', heartbeatTimeout: '20 seconds', retry });

/**
 * Carries commands, waits and times of one case, and holds no truth (contract 16). It starts with a touch or with the sweep, and
 * ends when nothing is due before the sweep would start it again.
 */
export async function governException({ exception, brief }: CaseInput): Promise<void> {
  const act = brief === true ? within.actOnCase : soon.actOnCase;
  let acting = 0;
  let touched = 0;
  /** Until something is due; undefined: now, or nobody has looked. */
  let waitMs: number | null | undefined;
  setHandler(actOnCase, async (command): Promise<CaseAnswer> => {
    acting++;
    try {
      const answer = await act(command);
      ({ waitMs } = answer);
      return answer;
    } finally {
      acting--;
      touched++;
    }
  });
  // Started with an act, it has that before it.
  await Promise.resolve();
  for (;;) {
    await condition(() => acting === 0);
    const seen = touched;
    if (waitMs === undefined) {
      const due = await long.caseDue(exception);
      if (touched !== seen || acting > 0) continue;
      ({ waitMs } = due);
    }
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      return continueAsNew<typeof governException>({ exception, brief: true });
    }
    if (waitMs === null || brief === true && waitMs > SWEEP_MS) {
      await condition(allHandlersFinished);
      if (touched === seen) return;
    } else if (waitMs === 0 || !await condition(() => touched !== seen || acting > 0, waitMs)) {
      waitMs = undefined;
    }
  }
}
