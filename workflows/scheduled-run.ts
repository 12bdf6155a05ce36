import { executeChild, ParentClosePolicy } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { runWorkflowId, type RunResult } from './messages.ts';
import { governRun } from './run.ts';

/**
 * What a source's schedule starts. Temporal puts the time into the id of what a schedule starts, and one
 * run of a source at a time is kept by the run's id: so the run is a child of its own id, and a source
 * that is being pulled already, by whomever, is left alone.
 */
export async function governRunOnSchedule({ source }: { readonly source: number }): Promise<RunResult | 'skipped'> {
  try {
    return await executeChild(governRun, {
      workflowId: runWorkflowId(source), args: [{ source }], parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'skipped';
    throw error;
  }
}
