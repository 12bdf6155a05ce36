import { CancellationScope, ContinueAsNew, continueAsNew, isCancellation, patched, proxyActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import type { RunActivities } from './activities.ts';
import { runProgress, type RunInput, type RunPhase, type RunResult } from './messages.ts';
import { slide, type Step } from './sliding-window.ts';

const retry = { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds', maximumAttempts: 40 } as const;
/** A worker beats every second for each activity it has: one that was killed is noticed after this long. */
const heartbeatTimeout = '20 seconds';
/** Statements only. */
const quick = proxyActivities<RunActivities>({ startToCloseTimeout: '2 minutes', heartbeatTimeout, retry });
/** The first words with a source: one that cannot be reached for some minutes fails the run, and is told so. */
const asking = proxyActivities<RunActivities>({ startToCloseTimeout: '2 hours', heartbeatTimeout, retry: { ...retry, maximumAttempts: 12 } });
/** Work on data: it goes on where it stood. */
const long = proxyActivities<RunActivities>({ startToCloseTimeout: '2 hours', heartbeatTimeout, retry });

const FILES_AT_ONCE = 3;
const PARTITIONS_AT_ONCE = 2;

/** Pulls a source once and governs what comes: extract, land, barrier, assess, release (contracts 5–9). */
export async function governRun(input: RunInput): Promise<RunResult> {
  let phase: RunPhase = input.phase ?? (input.asked?.reassess === true ? 'assess' : 'extract');
  const run = input.run ?? await begin(input);
  setHandler(runProgress, () => ({ phase, run }));
  try {
    for (;;) {
      const next = await pass(run, phase);
      if (next === 'again') return await continueAsNew<typeof governRun>({ ...input, run, phase });
      if (next === 'done') return { run, state: await quick.closeRun(run) };
      phase = next;
    }
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    await CancellationScope.nonCancellable(() => quick.endRun(run, isCancellation(error) ? 'cancelled' : 'failed', codeOf(error)));
    throw error;
  }
}

/** The run's row; the workflow's first run id recognises a repeated call. */
async function begin(input: RunInput): Promise<string> {
  const { run } = await quick.beginRun({ source: input.source, startedBy: workflowInfo().firstExecutionRunId, asked: input.asked ?? {} });
  return run;
}

/** One phase of the run. @returns the phase that follows; 'again' when the history grew long */
async function pass(run: string, phase: RunPhase): Promise<RunPhase | 'done' | 'again'> {
  await quick.enterPhase(run, phase);
  switch (phase) {
    case 'extract':
      await extract(run);
      return 'land';
    case 'land':
      return await slide(FILES_AT_ONCE, (limit) => quick.pendingFiles(run, limit), land) ? 'hydrate' : 'again';
    case 'hydrate':
      // What is fetched lands as files of its own; those may refer to more.
      for (let more = true; more;) {
        ({ more } = await long.hydrate(run));
        if (!await slide(FILES_AT_ONCE, (limit) => quick.pendingFiles(run, limit), land)) return 'again';
      }
      // A snapshot that misses too much holds the run: nothing of it is taken back or released (contract 5).
      if ((await long.applySnapshotDeletions(run)).held) return 'done';
      return await slide(FILES_AT_ONCE, (limit) => quick.pendingFiles(run, limit), land) ? 'assess' : 'again';
    case 'assess':
      // Runs that began before population scope was there go on without it.
      if (patched('population-scope')) await long.judgePopulation(run);
      await long.planPartitions(run);
      return await slide(PARTITIONS_AT_ONCE, (limit) => quick.partitionsToAssess(run, limit), assess) ? 'release' : 'again';
    case 'release':
      if (!await slide(PARTITIONS_AT_ONCE, (limit) => quick.partitionsToRelease(run, limit), release)) return 'again';
      if (patched('scores')) await long.scoreRun(run);
      return 'done';
  }
}

/** Asks the source and waits for it: the waits are timers, so that a worker may come and go. */
async function extract(run: string): Promise<void> {
  await asking.kickOff(run);
  for (;;) {
    const { done, waitMs } = await quick.pollExport(run);
    if (done) break;
    await sleep(waitMs);
  }
  await asking.discoverFiles(run);
}

async function land(file: string): Promise<Step> {
  try {
    const { done } = await long.landFile(file);
    return done ? 'done' : 'more';
  } catch (error) {
    if (isCancellation(error)) throw error;
    // The file is given up and with it its type; the run goes on (contract 5).
    await quick.giveUpFile(file, codeOf(error));
    return 'done';
  }
}

async function assess(partition: string): Promise<Step> {
  await long.assessPartition(partition);
  return 'done';
}

async function release(partition: string): Promise<Step> {
  await long.releasePartition(partition);
  return 'done';
}

/** The catalogue's code of a failure; it is the failure's type. */
function codeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.type?.startsWith('ASSAY_') === true ? cause.type : 'ASSAY_RUN_FAILED';
}
