import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { appendEvent } from '../../ledger/append.ts';
import type { Database } from '../../storage/connect.ts';
import { endRun, runningRuns, type RunningRun } from '../../storage/source.ts';
import { runWorkflowId } from '../../workflows/messages.ts';

/** A workflow that Temporal does not know may be one whose server just came back with its data. */
const BENEFIT_OF_DOUBT_MS = 10 * 60_000;

/**
 * A run closes its own row. One whose workflow was terminated, timed out or lost with Temporal cannot:
 * it is ended here, so that nobody waits for it, and the next run takes up what it left.
 * @returns the runs that were ended
 */
export async function settleRuns(db: Database, client: Client): Promise<string[]> {
  const settled: string[] = [];
  for (const one of await runningRuns(db)) {
    if (await goesOn(client, one)) continue;
    await db.transaction(async (tx) => {
      const { state, first } = await endRun(tx, one.run, 'failed', 'ASSAY_RUN_ENDED_OUTSIDE');
      if (!first) return;
      await appendEvent(tx, 'run-closed', { run: one.run, source: one.source, state, code: 'ASSAY_RUN_ENDED_OUTSIDE' });
      settled.push(one.run);
    });
  }
  return settled;
}

async function goesOn(client: Client, { source, startedBy, startedAt }: RunningRun): Promise<boolean> {
  try {
    const { status, raw } = await client.workflow.getHandle(runWorkflowId(source)).describe();
    // The id is the source's: the newest of it may be another run's.
    return status.name === 'RUNNING' && raw.workflowExecutionInfo?.firstRunId === startedBy;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) return true;
    return Date.now() - startedAt.getTime() < BENEFIT_OF_DOUBT_MS;
  }
}
