import { createServer } from 'node:http';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { CaseActivities, RunActivities } from '../../workflows/activities.ts';
import { taskQueue } from '../../workflows/messages.ts';
import type { Metrics } from '../metrics.ts';
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

export async function createWorker({ activities, home, concurrency = 6, ...temporal }: WorkerSettings): Promise<{ worker: Worker; close: () => Promise<void> }> {
  // Temporal's own log would name workflows and quote failures; ours says what matters.
  Runtime.install({ logger: quiet, shutdownSignals: [] });
  const connection = await workerConnection(temporal);
  const worker = await Worker.create({
    connection, namespace: temporal.namespace ?? 'default', taskQueue, activities,
    workflowBundle: await keptBundle(home), dataConverter: dataConverter(temporal.payloadKey),
    maxConcurrentActivityTaskExecutions: concurrency, shutdownGraceTime: '5 seconds',
    // The rest of the workflow's heartbeat timeout is left for a thread that computes.
    maxHeartbeatThrottleInterval: '4 seconds',
  });
  return { worker, close: () => connection.close() };
}

/** GET /metrics and GET /healthz on their own port: an orchestrator asks here. */
export async function serveMetrics(metrics: Metrics, port: number, healthy: () => boolean): Promise<{ port: number; stop: () => void }> {
  const server = createServer((request, response) => {
    if (request.url === '/metrics') metrics.handle(request, response);
    else response.writeHead(request.url === '/healthz' ? healthy() ? 200 : 503 : 404).end();
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : port, stop: () => server.close() };
}
