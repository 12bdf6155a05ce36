import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../apps/services/free-port.ts';
import { isAlive, listening, startProcess, tail } from '../../apps/services/owned-process.ts';
import type { OwnedProcess } from '../../apps/services/owned-process.ts';
import { kafkaClasspath } from './kafka-jars.ts';
import { makeScratch } from './scratch.ts';

/** A broker of one's own that can be killed and started again on the same port and data. */
export type KafkaBroker = {
  /** host:port, the same after every restart. */
  readonly brokers: string;
  pid(): number;
  /** kill -9. Resolves when it is dead. */
  kill(): Promise<void>;
  /** Starts it after `kill`. Resolves when it listens. */
  start(): Promise<void>;
  /** Stops it for good and removes its data. */
  stop(): Promise<void>;
};

const CLUSTER = 'MkU3OEVBNTcwNTJENDM2Qk'; // any base64 UUID
const START_MS = 60_000;
const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';

/** @param more settings beside ours; `listeners` are added to ours, each with a comma before it */
export async function startKafkaBroker(more: Readonly<Record<string, string>> = {}): Promise<KafkaBroker> {
  const classpath = await kafkaClasspath();
  const folder = await makeScratch('kafka');
  const [port, controllerPort] = [await freePort(), await freePort()];
  const properties = join(folder.path, 'server.properties');
  const log = join(folder.path, 'broker.log');
  await writeFile(properties, serverProperties(port, controllerPort, join(folder.path, 'data'), more));
  await promisify(execFile)('java', ['-cp', classpath, quiet, 'kafka.tools.StorageTool', 'format', '-t', CLUSTER, '-c', properties]);
  let broker: OwnedProcess | undefined;
  const start = async (): Promise<void> => {
    broker = startProcess('java', [
      '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', quiet, '-cp', classpath, 'kafka.Kafka', properties,
    ], { log });
    if (!await listening(port, broker, START_MS)) throw new Error(`Kafka did not start: ${await tail(log)}`);
  };
  const kill = async (): Promise<void> => {
    if (broker === undefined) return;
    if (broker.running() && isAlive(broker.pid)) process.kill(broker.pid, 'SIGKILL');
    await broker.stop();
  };
  const stop = async (): Promise<void> => {
    await kill(); // its data goes too: an orderly shutdown would only take time
    await folder.remove();
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { brokers: `127.0.0.1:${port}`, pid: () => broker?.pid ?? 0, start, kill, stop };
}

function serverProperties(port: number, controllerPort: number, data: string, { listeners = '', ...more }: Readonly<Record<string, string>>): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${listeners}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}${listeners}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': data,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
    ...more,
  }).map(([name, value]) => `${name}=${value}\n`).join('');
}
