import { Worker } from '@temporalio/worker';
import { retriable } from '../../apps/temporal/retriable.ts';
import { takeEffects } from '../../apps/worker/take-effects.ts';
import { caseWork } from '../../apps/worker/worker.ts';
import { bundleWorkflows } from '../../apps/worker/workflow-bundle.ts';
import type { Database } from '../../storage/connect.ts';
import { caseTaskQueue } from '../../workflows/messages.ts';
import { exceptionStage, stageDeps } from './held-cases.ts';
import type { TestTemporal } from './temporal.ts';

let bundle: ReturnType<typeof bundleWorkflows> | undefined;

/** A worker that knows cases alone, in this process. @returns what stops it */
export async function caseWorker({ workerConnection, namespace }: TestTemporal, db: Database, undoSeconds: number): Promise<() => Promise<void>> {
  const worker = await Worker.create({
    connection: workerConnection, namespace, taskQueue: caseTaskQueue, workflowBundle: await (bundle ??= bundleWorkflows()),
    activities: retriable(exceptionStage(db, undoSeconds), () => {}), ...caseWork,
  });
  const ending = new AbortController();
  const ended = Promise.all([worker.run(), takeEffects(stageDeps(db, undoSeconds), ending.signal, { warn: () => {} })]);
  return async () => { ending.abort(); worker.shutdown(); await ended; };
}
