import { ParentClosePolicy, proxyActivities, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { CaseActivities } from './activities.ts';
import { governException } from './exception.ts';
import { caseWorkflowId } from './messages.ts';

const { casesComingDue } = proxyActivities<CaseActivities>({
  startToCloseTimeout: '2 minutes', heartbeatTimeout: '20 seconds', retry: { maximumInterval: '1 minute' },
});
/** As many as a small Temporal starts in some seconds; the next sweep takes the next. */
const AT_MOST = 200;

/** Cases that nobody touched are rows; those that come due before the next sweep get their workflow. @returns how many */
export async function sweepExceptions({ withinMs }: { withinMs: number }): Promise<number> {
  const due = await casesComingDue(withinMs, AT_MOST);
  for (const exception of due) {
    await startChild(governException, {
      workflowId: caseWorkflowId(exception), args: [{ exception, brief: true }],
      parentClosePolicy: ParentClosePolicy.ABANDON, workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    }).catch((error: unknown) => {
      // Touched meanwhile: its workflow is there.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    });
  }
  return due.length;
}
