import { Worker } from '@temporalio/worker';
import { retriable } from '../../apps/temporal/retriable.ts';
import { bundleWorkflows } from '../../apps/worker/workflow-bundle.ts';
import type { Database } from '../../storage/connect.ts';
import { caseTaskQueue } from '../../workflows/messages.ts';
import { exceptionStage } from './held-cases.ts';
import type { TestTemporal } from './temporal.ts';

let bundle: ReturnType<typeof bundleWorkflows> | undefined;

/** A worker that knows cases alone, in this process. @returns what stops it */
export async function caseWorker({ workerConnection, namespace }: TestTemporal, db: Database, undoSeconds: number): Promise<() => Promise<void>> {
  const worker = await Worker.create({
    connection: workerConnection, namespace, taskQueue: caseTaskQueue, workflowBundle: await (bundle ??= bundleWorkflows()),
    activities: retriable(exceptionStage(db, undoSeconds), () => {}), maxConcurrentActivityTaskExecutions: 8,
  });
  const ended = worker.run();
  return async () => { worker.shutdown(); await ended; };
}
