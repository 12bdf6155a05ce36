import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError } from '../../terms/errors.ts';
import type { Config } from '../config.ts';
import type { Services } from '../product/open.ts';
import { startProcess, tail, type OwnedProcess } from '../services/owned-process.ts';

const program = fileURLToPath(new URL(import.meta.url.endsWith('.js') ? '../assay.js' : '../assay.ts', import.meta.url));

/** A role as a process of its own, as in a deployment: it may die and is started again. */
export function startRole(role: 'worker' | 'api', config: Config, services: Services, more: NodeJS.ProcessEnv = {}): OwnedProcess {
  return startProcess(process.execPath, [...process.execArgv, program, role, ...(config.file === undefined ? [] : ['--config', config.file])], {
    log: join(config.home, `${role}.log`),
    env: {
      ...process.env, ...more, DATABASE_URL: services.postgres.url, TEMPORAL_ADDRESS: services.temporal.address, ASSAY_HOME: config.home,
      ...(services.temporal.ui === undefined ? {} : { ASSAY_TEMPORAL_UI: services.temporal.ui }),
    },
  });
}

/**
 * Keeps a role running: one that ends by itself is started again after a pause that doubles up to 30 s.
 * @returns what stops it for good
 */
export async function keepRunning(start: () => Promise<OwnedProcess>, say: (sentence: string) => void, name: string): Promise<{ stop(): Promise<void>; pid(): number }> {
  let role = await start();
  let wanted = true;
  const watching = (async () => {
    let began = Date.now();
    for (let pause = 500; wanted; ) {
      await sleep(200);
      if (role.running() || !wanted) continue;
      if (Date.now() - began > 60_000) pause = 500; // it had worked
      say(`The ${name} ended by itself; starting it again.`);
      await sleep(pause);
      pause = Math.min(pause * 2, 30_000);
      if (wanted) role = await start();
      began = Date.now();
    }
  })();
  return { pid: () => role.pid, async stop() { wanted = false; await role.stop(); await watching; await role.stop(); } };
}

/** Waits until something answers at `/healthz`. @throws AssayError ASSAY_ROLE_NOT_STARTED with the end of its log */
export async function healthy(url: string, role: string, home: string, patienceMs = 60_000): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
    if (await fetch(`${url}/healthz`).then((response) => response.ok, () => false)) return;
  }
  throw new AssayError('ASSAY_ROLE_NOT_STARTED', `${role}: ${await tail(join(home, `${role}.log`))}`);
}
