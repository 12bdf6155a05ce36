import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess, tail, type OwnedProcess } from '../../apps/services/owned-process.ts';
import { freePort } from '../../apps/services/free-port.ts';

const program = join(import.meta.dirname, '..', '..', 'apps', 'assay.ts');
const READY_MS = 60_000;

export type WorkerPlace = {
  /** Its data and log; also where it runs, so that the assay.config.json there is its own. */
  readonly home: string;
  readonly databaseUrl: string; readonly temporalAddress: string; readonly namespace: string;
  readonly env?: NodeJS.ProcessEnv;
};

/** A role as deployed: `assay worker` or `assay api` as a process, which a test may kill with -9. */
export type RoleProcess = {
  readonly url: string;
  pid(): number;
  /** Waits until it answers at /healthz. A worker that ended by itself, as without its database, is started again. */
  start(): Promise<void>;
  /** SIGKILL, gone when it resolves. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Peak resident memory in bytes: VmHWM of proc(5). */
  peak(): Promise<number>;
  metrics(): Promise<string>;
  log(): Promise<string>;
};
export type WorkerProcess = RoleProcess;

export const workerProcess = (place: WorkerPlace): Promise<RoleProcess> => roleProcess('worker', 'ASSAY_METRICS_PORT', place);
/** @param port where it listens: the identity provider has to know it before */
export const apiProcess = (place: WorkerPlace, port: number): Promise<RoleProcess> => roleProcess('api', 'ASSAY_API_PORT', place, port);

async function roleProcess(role: 'worker' | 'api', portVariable: string, place: WorkerPlace, given?: number): Promise<RoleProcess> {
  const port = given ?? await freePort();
  const log = join(place.home, `${role}.log`);
  let process_: OwnedProcess | undefined;
  const url = `http://127.0.0.1:${port}`;
  const spawn = (): OwnedProcess => startProcess(process.execPath, [...process.execArgv, program, role], {
    log, cwd: place.home,
    env: {
      PATH: process.env['PATH'], HOME: process.env['HOME'], DATABASE_URL: place.databaseUrl, TEMPORAL_ADDRESS: place.temporalAddress,
      TEMPORAL_NAMESPACE: place.namespace, ASSAY_HOME: place.home, [portVariable]: `${port}`, ...place.env,
    },
  });
  return {
    url, pid: () => process_?.pid ?? 0,
    async start() {
      for (const end = Date.now() + READY_MS; Date.now() < end; await sleep(100)) {
        if (process_?.running() !== true) process_ = spawn();
        if (await fetch(`${url}/healthz`).then((answer) => answer.ok, () => false)) return;
      }
      throw new Error(`the ${role} did not become ready: ${await tail(log)}`);
    },
    async kill() {
      if (process_?.running() !== true) return;
      process.kill(process_.pid, 'SIGKILL');
      while (process_.running()) await sleep(10);
    },
    stop: async () => process_?.stop(),
    async peak() {
      const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${process_?.pid}/status`, 'utf8')) ?? [];
      return Number(kilobytes) * 1024;
    },
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    log: () => readFile(log, 'utf8'),
  };
}
