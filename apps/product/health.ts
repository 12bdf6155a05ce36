import { connect as connectSocket } from 'node:net';
import { hostname } from 'node:os';
import protos from '@temporalio/proto';
import type { Client } from '@temporalio/client';
import type { PartHealth } from '../../console/api/deps.ts';
import type { Database } from '../../storage/connect.ts';
import { taskQueue } from '../../workflows/messages.ts';
import { isAlive } from '../services/owned-process.ts';

export type Parts = {
  readonly db: Database; readonly temporal: Client;
  readonly addresses: { readonly database: string; readonly temporal: string; readonly temporalUi?: string | undefined; readonly kafka?: readonly string[] | undefined; readonly api?: string | undefined };
};

/** Each part, asked now. */
export const health = async (parts: Parts): Promise<PartHealth[]> =>
  [...await Promise.all([database(parts), temporalServer(parts), worker(parts), kafka(parts)]), ...pages(parts)];

async function database({ db, addresses }: Parts): Promise<PartHealth> {
  const up = await db.query('select 1').then(() => true, () => false);
  return { part: 'PostgreSQL', state: up ? 'up' : 'down', address: withoutPassword(addresses.database),
    ...(up ? {} : { detail: 'It does not answer: check DATABASE_URL and the server.' }) };
}

async function temporalServer({ temporal, addresses }: Parts): Promise<PartHealth> {
  const up = await temporal.workflowService.getSystemInfo({}).then(() => true, () => false);
  return { part: 'Temporal', state: up ? 'up' : 'down', address: addresses.temporal,
    ...(up ? {} : { detail: 'It does not answer: check TEMPORAL_ADDRESS and the server. Runs wait meanwhile.' }) };
}

/** Temporal remembers who polled the queue in the last minutes, also those who are gone. */
const POLLED_MS = 90_000;

/** A worker's identity is PID@HOST: of this machine's it is known that they ended. */
function hasEnded(identity: string | null | undefined): boolean {
  const [pid, host] = (identity ?? '').split('@', 2);
  return host === hostname() && /^[0-9]+$/.test(pid ?? '') && !isAlive(Number(pid));
}

export async function worker({ temporal }: Pick<Parts, 'temporal'>): Promise<PartHealth> {
  const queue = await temporal.workflowService.describeTaskQueue({
    namespace: temporal.options.namespace, taskQueue: { name: taskQueue },
    taskQueueType: protos.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
  }).catch(() => undefined);
  const fresh = (queue?.pollers ?? []).some((poller) => !hasEnded(poller.identity) && Date.now() - Number(poller.lastAccessTime?.seconds ?? 0) * 1000 < POLLED_MS);
  return { part: 'Worker', state: fresh ? 'up' : 'down',
    ...(fresh ? {} : { detail: 'Nobody works: start one with `assay worker`. Runs wait meanwhile.' }) };
}

async function kafka({ addresses }: Parts): Promise<PartHealth> {
  if (addresses.kafka === undefined) return { part: 'Kafka', state: 'absent', detail: 'Not configured: the HTTP feeds carry the same entries.' };
  const answers = await Promise.all(addresses.kafka.map(answersAt));
  const up = answers.some(Boolean);
  return { part: 'Kafka', state: up ? 'up' : 'down', address: addresses.kafka.join(','),
    ...(up ? {} : { detail: 'No broker answers: check KAFKA_BROKERS. Releases go on; the topics catch up by themselves.' }) };
}

function answersAt(broker: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${broker}`);
  return new Promise((resolve) => {
    const socket = connectSocket({ host: hostname, port: Number(port || 9092), timeout: 2_000 });
    const end = (up: boolean) => () => { socket.destroy(); resolve(up); };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}

const pages = ({ addresses }: Parts): PartHealth[] => addresses.api === undefined ? [] : [
  { part: 'Page', state: 'up', address: addresses.api },
  { part: 'Feeds', state: 'up', address: `${addresses.api}/feeds` },
  { part: 'API documentation', state: 'up', address: `${addresses.api}/docs` },
  ...(addresses.temporalUi === undefined ? [] : [{ part: 'Temporal’s page', state: 'up' as const, address: addresses.temporalUi }]),
];

export function withoutPassword(url: string): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '';
  return shown.href;
}
