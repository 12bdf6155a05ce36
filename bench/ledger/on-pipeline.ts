import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../apps/config.ts';
import { followRun, runStartedBy } from '../../apps/product/follow-run.ts';
import { findServices, openProduct } from '../../apps/product/open.ts';
import { freePort } from '../../apps/services/free-port.ts';
import { startRun } from '../../apps/temporal/runs.ts';
import { registerSource } from '../../storage/source.ts';
import { makeScratch } from '../../test/support/scratch.ts';
import { cpuSeconds } from '../process-cpu.ts';
import { startWorkers } from '../worker-processes.ts';

const root = join(import.meta.dirname, '..', '..');
const shared = join(root, '..', 'shared', 'synthea', 'us-core-6.1.0');

/** CPU seconds of one governed run, and how many resources it landed. */
export type RunCost = { readonly worker: number; readonly postgres: number; readonly resources: number; readonly leaves: number };

/**
 * One run of a worker process from the sandbox EHR to the feeds, on a store of its own.
 * @param events false: the same worker with ledger/append.ts and ledger/keep.ts silent
 */
export async function pipelineCost(events: boolean, data = existsSync(shared) ? shared : join(root, 'sandbox', 'sample')): Promise<RunCost> {
  const folder = await makeScratch('bench-ledger-run');
  await chmod(folder.path, 0o755);
  const undo: (() => Promise<unknown>)[] = [folder.remove];
  try {
    const port = await freePort();
    const ehr = spawn(process.execPath, [join(root, 'sandbox', 'main.ts'), '--port', `${port}`, '--no-auth', '--data', data], { stdio: 'ignore' });
    undo.push(async () => { ehr.kill(); await once(ehr, 'exit'); });
    const base = `http://127.0.0.1:${port}/fhir`;
    while (!await fetch(`${base}/metadata`).then((answer) => answer.ok, () => false)) await sleep(50);
    const file = join(folder.path, 'assay.config.json');
    await writeFile(file, JSON.stringify({ feeds: [{ name: 'care', purpose: 'care' }] }));
    const config = loadConfig({ file, env: {}, cwd: folder.path });
    const services = await findServices(config, () => {});
    undo.push(() => services.stop());
    const product = await openProduct(config, services);
    undo.push(() => product.close());
    const source = await registerSource(product.db, { name: 'bench', kind: 'bulk', settings: { url: base } });
    const processes = await startWorkers(1, config, services, {
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'without-events.ts')}`, BENCH_EVENTS: events ? 'yes' : 'no',
    });
    undo.push(processes.stop);
    const cpuNow = async (): Promise<[number, number]> => [await processes.cpu(), await cpuSeconds(services.postgres.pid ?? 0)];
    const before = await cpuNow();
    const { startedBy } = await startRun(product.temporal, source);
    const stop = new AbortController().signal;
    await followRun(product.db, await runStartedBy(product.db, startedBy, stop) ?? '', () => {}, stop);
    const count = async (sql: string): Promise<number> => (await product.db.query<{ n: number }>(sql)).rows[0]!.n;
    while (await count('select count(*)::int as n from event where leaf is null') > 0 && events) await sleep(100);
    const after = await cpuNow();
    return {
      worker: after[0] - before[0], postgres: after[1] - before[1],
      resources: await count('select count(*)::int as n from version'), leaves: await count('select size::int as n from ledger'),
    };
  } finally {
    for (const end of undo.reverse()) await end();
  }
}

/** With and without events in turns, so that what else the machine does meets both. */
export async function costInTurns(turns: number): Promise<{ on: RunCost[]; off: RunCost[] }> {
  const [on, off]: [RunCost[], RunCost[]] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    on.push(await pipelineCost(true));
    off.push(await pipelineCost(false));
  }
  return { on, off };
}
