import { ScheduleOverlapPolicy, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { AssayError } from '../../terms/errors.ts';
import { runWorkflowId, taskQueue, type RunAsked, type RunResult } from '../../workflows/messages.ts';
import type { governRun } from '../../workflows/run.ts';

/**
 * Starts a governed run.
 * @returns the workflow's run id, by which the run's row is known, and its end
 * @throws AssayError ASSAY_RUN_GOING when the source is being pulled already
 */
export async function startRun(client: Client, source: number, asked: RunAsked = {}): Promise<{ startedBy: string; ended: () => Promise<RunResult> }> {
  try {
    const handle = await client.workflow.start<typeof governRun>('governRun', {
      taskQueue, workflowId: runWorkflowId(source), args: [{ source, asked }],
    });
    return { startedBy: handle.firstExecutionRunId, ended: () => handle.result() };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) throw new AssayError('ASSAY_RUN_GOING');
    throw error;
  }
}

/** The end of the run that the source has going, of which another process was told the beginning. */
export const endOfGoing = (client: Client, source: number): Promise<RunResult> => client.workflow.getHandle<typeof governRun>(runWorkflowId(source)).result();

/** Asks the source's run to stop; what has landed stays. @throws AssayError ASSAY_RUN_NONE where none goes */
export async function cancelRun(client: Client, source: number): Promise<void> {
  const handle = client.workflow.getHandle(runWorkflowId(source));
  try {
    if ((await handle.describe()).status.name !== 'RUNNING') throw new AssayError('ASSAY_RUN_NONE');
    await handle.cancel();
  } catch (error) {
    throw error instanceof WorkflowNotFoundError ? new AssayError('ASSAY_RUN_NONE') : error;
  }
}

const scheduleOf = (source: number): string => `schedule-of-source-${source}`;

/** When the source is pulled next by its schedule; `paused` there, undefined without one. */
export async function nextPull(client: Client, source: number): Promise<Date | 'paused' | undefined> {
  const found = await client.schedule.getHandle(scheduleOf(source)).describe().catch(() => undefined);
  return found?.state.paused === true ? 'paused' : found?.info.nextActionTimes[0];
}

/** The source is pulled at these times; a run that is due while one goes, by schedule or by hand, is skipped. @param cron five fields, UTC */
export async function scheduleSource(client: Client, source: number, cron: string | undefined): Promise<void> {
  const scheduleId = scheduleOf(source);
  const handle = client.schedule.getHandle(scheduleId);
  const known = await handle.describe().then(() => true, () => false);
  if (cron === undefined) {
    if (known) await handle.delete();
    return;
  }
  const spec = { cronExpressions: [cron] };
  const action = { type: 'startWorkflow', workflowType: 'governRunOnSchedule', taskQueue, workflowId: `${scheduleId}-due`, args: [{ source }] } as const;
  const policies = { overlap: ScheduleOverlapPolicy.SKIP };
  if (known) await handle.update((previous) => ({ ...previous, spec, action, policies }));
  else await client.schedule.create({ scheduleId, spec, action, policies });
}
