import { readFile } from 'node:fs/promises';
import type { Config } from '../apps/config.ts';
import type { Services } from '../apps/product/open.ts';
import { freePort } from '../apps/services/free-port.ts';
import { healthy, startRole } from '../apps/start/roles.ts';
import { cpuSeconds } from './process-cpu.ts';

/** Workers as they are deployed: processes that share a task queue. */
export type WorkerProcesses = {
  cpu(): Promise<number>;
  /** The largest peak of resident memory, in MB: VmHWM of proc(5). */
  peak(): Promise<number>;
  /** Activity → seconds in it, of all workers. */
  stages(): Promise<Map<string, number>>;
  stop(): Promise<void>;
};

export async function startWorkers(count: number, config: Config, services: Services, env: NodeJS.ProcessEnv): Promise<WorkerProcesses> {
  const workers = await Promise.all(Array.from({ length: count }, async () => {
    const port = await freePort();
    const role = startRole('worker', config, services, { ...env, ASSAY_METRICS_PORT: `${port}` });
    await healthy(`http://127.0.0.1:${port}`, 'worker', config.home);
    return { role, url: `http://127.0.0.1:${port}/metrics` };
  }));
  return {
    cpu: async () => (await Promise.all(workers.map(({ role }) => cpuSeconds(role.pid)))).reduce((sum, one) => sum + one, 0),
    async peak() {
      const peaks = workers.map(async ({ role }) => Number(/VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${role.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
      return Math.max(...await Promise.all(peaks));
    },
    async stages() {
      const sums = new Map<string, number>();
      for (const { url } of workers) {
        const metrics = await (await fetch(url)).text();
        for (const [, name = '', sum] of metrics.matchAll(/^assay_activity_duration_sum\{activity="(\w+)"[^}]*\} ([\d.e-]+)/gm)) sums.set(name, (sums.get(name) ?? 0) + Number(sum));
      }
      return sums;
    },
    async stop() { await Promise.all(workers.map(({ role }) => role.stop())); },
  };
}
