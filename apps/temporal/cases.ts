import { ScheduleOverlapPolicy, WithStartWorkflowOperation, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { unansweredCommands } from '../../storage/cases.ts';
import type { Database } from '../../storage/connect.ts';
import { AssayError, errors, type ErrorCode } from '../../terms/errors.ts';
import { actOnCase, caseWorkflowId, caseTaskQueue, SWEEP_MS, type CaseAnswer } from '../../workflows/messages.ts';
import type { governException } from '../../workflows/exception.ts';

/** Acts that this process is asking for: an impatient second click waits for the first. */
const asking = new Map<string, Promise<void>>();
/** At once, as they come: with 200 a server on two cores does a fifth fewer a second, and the first waits as long as the last. */
const AT_ONCE = 16;
let free = AT_ONCE;
const waiting: (() => void)[] = [];

/**
 * Asks the case's workflow, which starts with it, to do an act that is on record (contract 16). Asked twice, it is done once.
 * @throws AssayError ASSAY_CASE_… where the act is refused
 */
export function askCase(client: Client, exception: string, command: string): Promise<void> {
  const asked = asking.get(command) ?? inTurn(() => update(client, exception, command)).finally(() => asking.delete(command));
  asking.set(command, asked);
  return asked;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  }
}

async function update(client: Client, exception: string, command: string): Promise<void> {
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof governException>('governException', {
    taskQueue: caseTaskQueue, workflowId: caseWorkflowId(exception), args: [{ exception, brief: true }], workflowIdConflictPolicy: 'USE_EXISTING',
  });
  let answer: CaseAnswer;
  try {
    answer = await client.workflow.executeUpdateWithStart(actOnCase, { startWorkflowOperation, args: [command], updateId: command });
  } catch (error) {
    throw known(error) ?? error;
  }
  if ('refused' in answer) throw new AssayError(answer.refused as ErrorCode);
}

/** What an API that was lost did not ask, or did not hear the answer to, is asked again. @returns how many */
export async function askUnanswered(db: Database, client: Client, afterMs: number): Promise<number> {
  const left = await unansweredCommands(db, afterMs, AT_MOST);
  for (const { command, exception } of left) {
    // A refusal is an answer, and on record.
    await askCase(client, exception, command).catch((error: unknown) => { if (!(error instanceof AssayError)) throw error; });
  }
  return left.length;
}
const AT_MOST = 50;

function known(error: unknown): AssayError | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure && cause.type != null && Object.hasOwn(errors, cause.type)) return new AssayError(cause.type as ErrorCode);
  }
  return undefined;
}

/** Starts the workflows of cases that come due; one sweep for all workers. */
export async function scheduleSweep(client: Client): Promise<void> {
  const scheduleId = 'sweep-exceptions';
  if (await client.schedule.getHandle(scheduleId).describe().then(() => true, () => false)) return;
  await client.schedule.create({
    scheduleId, spec: { intervals: [{ every: SWEEP_MS }] },
    action: { type: 'startWorkflow', workflowType: 'sweepExceptions', taskQueue: caseTaskQueue, workflowId: scheduleId, args: [{ withinMs: SWEEP_MS }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP },
  }).catch((error: unknown) => {
    // Another worker was first.
    if (!(error instanceof Error && error.name === 'ScheduleAlreadyRunning')) throw error;
  });
}
