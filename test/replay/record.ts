/**
 * Records the histories that replay.test.ts replays: `node test/replay/record.ts`, when the workflow has a
 * new release. An old recording stays as long as runs that it stands for may still be going.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import packageJson from '../../package.json' with { type: 'json' };
import { cancelRun, startRun } from '../../apps/temporal/runs.ts';
import { registerSource } from '../../storage/source.ts';
import { ownServices } from '../support/own-services.ts';
import { startProduct } from '../support/product.ts';

const folder = join(import.meta.dirname, 'histories');
await mkdir(folder, { recursive: true });
const services = await ownServices();
const product = await startProduct(services);
try {
  const { temporal, source, sandbox, worker } = product;
  const handle = (id: number): WorkflowHandle => temporal.workflow.getHandle(`run-of-source-${id}`);
  const save = async (name: string, of = source): Promise<void> => {
    const history = await handle(of).fetchHistory();
    await writeFile(join(folder, `governRun-${packageJson.version}-${name}.json`), `${historyToJSON(history)}\n`);
    process.stderr.write(`${name}: ${history.events?.length} events\n`);
  };

  await product.run();
  await save('completed');

  const restarted = await startRun(temporal, source, { types: ['Observation', 'Patient'] });
  await sleep(3_000);
  await worker.kill();
  await worker.start();
  await restarted.ended();
  await save('restarted');

  await sandbox.misbehave({ name: 'slow-export', polls: 1000 });
  const cancelled = await startRun(temporal, source);
  await sleep(4_000);
  await cancelRun(temporal, source);
  await cancelled.ended().catch(() => {});
  await save('cancelled');
  sandbox.behave();

  const stranger = await registerSource(services.db, { name: 'stranger', kind: 'files', settings: { folder: join(product.home, 'nowhere') } });
  await startRun(temporal, stranger).then(({ ended }) => ended()).catch(() => {});
  await save('failed', stranger);
} finally {
  await product.stop();
  await services.stop();
}
