import { createServer } from 'node:http';
import { DefaultLogger, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { CaseActivities, RunActivities } from '../../workflows/activities.ts';
import { caseTaskQueue, taskQueue } from '../../workflows/messages.ts';
import type { Metrics } from '../metrics.ts';
import { portTrouble } from '../services/listen.ts';
import { workerConnection, type TemporalSettings } from '../temporal/connect.ts';
import { dataConverter } from '../temporal/data-converter.ts';
import { keptBundle } from './workflow-bundle.ts';

const quiet = new DefaultLogger('ERROR');

export type WorkerSettings = TemporalSettings & {
  readonly activities: RunActivities & CaseActivities;
  /** This installation's own folder: the workflows' bundle is kept there. */
  readonly home: string;
  /** Activities at once: CPU-bound work on one thread. */
  readonly concurrency?: number;
};

/** What is asked of cases at once: short transactions, fewer than there are connections, for decisions that take effect need some. */
export const caseWork = { maxConcurrentActivityTaskExecutions: 4, maxConcurrentLocalActivityExecutions: 4 } as const;

export type Workers = { run(): Promise<void>; running(): boolean; shutdown(): void; close(): Promise<void> };

/** One worker for runs and one for cases: a person who decides never waits for a file that lands. */
export async function createWorker({ activities, home, concurrency = 6, ...temporal }: WorkerSettings): Promise<Workers> {
  // Temporal's own log would name workflows and quote failures; ours says what matters.
  Runtime.install({ logger: quiet, shutdownSignals: [] });
  const connection = await workerConnection(temporal);
  const workflowBundle = await keptBundle(home);
  const create = (queue: string, atOnce: Pick<WorkerOptions, 'maxConcurrentActivityTaskExecutions' | 'maxConcurrentLocalActivityExecutions'>): Promise<Worker> => Worker.create({
    connection, namespace: temporal.namespace ?? 'default', taskQueue: queue, activities,
    workflowBundle, dataConverter: dataConverter(temporal.payloadKey),
    ...atOnce, shutdownGraceTime: '5 seconds',
    // The rest of the workflow's heartbeat timeout is left for a thread that computes.
    maxHeartbeatThrottleInterval: '4 seconds',
  });
  const workers = [await create(taskQueue, { maxConcurrentActivityTaskExecutions: concurrency }), await create(caseTaskQueue, caseWork)];
  const running = (): boolean => workers.every((one) => one.getState() === 'RUNNING');
  const shutdown = (): void => { for (const one of workers) if (one.getState() === 'RUNNING') one.shutdown(); };
  return {
    running, shutdown, close: () => connection.close(),
    // One that ends by itself takes the other with it.
    run: async () => { await Promise.all(workers.map((one) => one.run().finally(shutdown))); },
  };
}

/** GET /metrics and GET /healthz on their own port: an orchestrator asks here. */
export async function serveMetrics(metrics: Metrics, port: number, healthy: () => boolean): Promise<{ port: number; stop: () => void }> {
  const server = createServer((request, response) => {
    if (request.url === '/metrics') metrics.handle(request, response);
    else response.writeHead(request.url === '/healthz' ? healthy() ? 200 : 503 : 404).end();
  });
  await new Promise<void>((resolve, reject) => server.once('error', (error) => reject(portTrouble(error, port))).listen(port, resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : port, stop: () => server.close() };
}
