/**
 * Records the histories of a case's workflow that replay.test.ts replays: `node test/replay/record-case.ts`, when it has a new
 * release. An old recording stays as long as cases that it stands for may still be open; those without `brief` in their names are of
 * the workflow that waited for each case to the end.
 */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection } from '@temporalio/worker';
import packageJson from '../../package.json' with { type: 'json' };
import { askCase } from '../../apps/temporal/cases.ts';
import { keepCommand } from '../../storage/cases.ts';
import type { CaseAct } from '../../terms/case-act.ts';
import { caseTaskQueue, caseWorkflowId } from '../../workflows/messages.ts';
import { caseWorker } from '../support/case-worker.ts';
import { heldCase, view } from '../support/held-cases.ts';
import { ownServices } from '../support/own-services.ts';

const services = await ownServices();
const { db, temporal: client } = services;
const workerConnection = await NativeConnection.connect({ address: services.temporalAddress });
const place = { address: services.temporalAddress, namespace: services.namespace, client, workerConnection };
let stop = await caseWorker(place, db, 1);
try {
  const ask = async (exception: string, asked: CaseAct): Promise<void> => {
    const command = randomUUID();
    await keepCommand(db, { command, exception, asked, person: 'ann', roles: ['steward'] });
    await askCase(client, exception, command).catch(() => {});
  };
  const save = async (name: string, exception: string): Promise<void> => {
    const history = await client.workflow.getHandle(caseWorkflowId(exception)).fetchHistory();
    await writeFile(join(import.meta.dirname, 'histories', `governException-${packageJson.version}-brief-${name}.json`), `${historyToJSON(history)}\n`);
    process.stderr.write(`${name}: ${history.events?.length} events\n`);
  };

  const undone = await heldCase(db, ['a']);
  await ask(undone.exception, { act: 'decide', view: view() });
  await ask(undone.exception, { act: 'undo' });
  await ask(undone.exception, { act: 'undo' });
  await ask(undone.exception, { act: 'decide', view: view({ disposition: 'keep-out' }) });
  await sleep(3_000);
  await save('undone-then-kept-out', undone.exception);

  const restarted = await heldCase(db, ['b']);
  await ask(restarted.exception, { act: 'decide', view: view() });
  await stop();
  await sleep(1_500);
  stop = await caseWorker(place, db, 1);
  await sleep(3_000);
  await save('restarted', restarted.exception);

  const late = await heldCase(db, ['c'], { dueDays: -1 });
  await client.workflow.execute('sweepExceptions', { taskQueue: caseTaskQueue, workflowId: 'sweep', args: [{ withinMs: 0 }] });
  await client.workflow.getHandle(caseWorkflowId(late.exception)).result();
  await save('escalated', late.exception);
} finally {
  await stop();
  await workerConnection.close();
  await services.stop();
}
