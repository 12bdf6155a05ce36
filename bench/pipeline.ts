/**
 * What the pipeline costs: a governed run from the sandbox to a Kafka feed, with all checks, beside a
 * raw copy of the same export to the same broker. `npm run bench -- pipeline [WORKERS] [FOLDER]`; default one worker,
 * ../shared/synthea/us-core-6.1.0, else the sandbox's sample. WORKER_NODE_OPTIONS goes to the workers' Node: `--cpu-prof --cpu-prof-dir=FOLDER`.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { loadConfig } from '../apps/config.ts';
import { followRun, runStartedBy } from '../apps/product/follow-run.ts';
import { findServices, openProduct } from '../apps/product/open.ts';
import { freePort } from '../apps/services/free-port.ts';
import { startRun } from '../apps/temporal/runs.ts';
import { splitLines } from '../pipelines/source/lines.ts';
import { registerSource } from '../storage/source.ts';
import { startKafkaBroker } from '../test/support/kafka-broker.ts';
import { makeScratch } from '../test/support/scratch.ts';
import { cpuSeconds } from './process-cpu.ts';
import { startWorkers } from './worker-processes.ts';

const root = join(import.meta.dirname, '..');
const shared = join(root, '..', 'shared', 'synthea', 'us-core-6.1.0');
const workers = Number(process.argv[2] ?? 1);
const data = process.argv[3] ?? (existsSync(shared) ? shared : join(root, 'sandbox', 'sample'));
const say = (line: string): void => { process.stderr.write(`${line}\n`); };

const folder = await makeScratch('bench');
const undo: (() => Promise<unknown>)[] = [folder.remove];
try {
  const broker = await startKafkaBroker();
  undo.push(broker.stop);
  const port = await freePort();
  const ehr = spawn(process.execPath, [join(root, 'sandbox', 'main.ts'), '--port', `${port}`, '--no-auth', '--data', data], { stdio: 'ignore' });
  undo.push(async () => { ehr.kill(); });
  const base = `http://127.0.0.1:${port}/fhir`;
  while (!await fetch(`${base}/metadata`).then((answer) => answer.ok, () => false)) await sleep(50);
  const first = await rawCopy(base, broker.brokers, 'raw-before');
  say(`raw copy: ${first.resources} resources, ${(first.bytes / 1e6).toFixed(1)} MB in ${first.seconds.toFixed(1)} s`);
  const ours = await governed(base, broker.brokers, { 'sandbox EHR': ehr.pid ?? 0, Kafka: broker.pid() });
  // Once more, for a machine that others use: the mean of before and after.
  const second = await rawCopy(base, broker.brokers, 'raw-after');
  report({ ...first, seconds: (first.seconds + second.seconds) / 2 }, ours);
} finally {
  for (const stop of undo.reverse()) await stop();
}

type Copy = { resources: number; bytes: number; seconds: number };

/** Downloads the export's files and produces each line: what anybody must do at the least. */
async function rawCopy(fhirBase: string, brokers: string, topic: string): Promise<Copy> {
  const began = performance.now();
  const kafka = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries: [{ name: 'max.message.bytes', value: '8388608' }] }] });
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  const kicked = await fetch(`${fhirBase}/$export`, { headers: { prefer: 'respond-async', accept: 'application/fhir+json' } });
  const status = kicked.headers.get('content-location') ?? '';
  let answer = await fetch(status);
  while (answer.status === 202) { await sleep(100); answer = await fetch(status); }
  const manifest = await answer.json() as { output: { url: string }[] };
  let [resources, bytes] = [0, 0];
  for (const { url } of manifest.output) {
    const body = (await fetch(url)).body;
    if (body === null) continue;
    let batch: { value: Buffer }[] = [];
    let held = 0;
    const flush = async () => { if (batch.length > 0) await producer.send({ topic, acks: -1, messages: batch }); batch = []; held = 0; };
    for await (const line of splitLines(toBuffers(body), { offset: 0, line: 1 })) {
      resources += 1;
      bytes += line.bytes.length;
      held += line.bytes.length;
      batch.push({ value: line.bytes });
      if (batch.length === 500 || held > 500_000) await flush();
    }
    await flush();
  }
  await fetch(status, { method: 'DELETE' });
  await producer.disconnect();
  await admin.disconnect();
  return { resources, bytes, seconds: (performance.now() - began) / 1000 };
}

async function* toBuffers(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

type Governed = {
  toRelease: number; toKafka: number; peakMb: number; stages: Map<string, number>; rows: Record<string, number>;
  /** CPU seconds of each process for the run, to the last message in Kafka. */
  cpu: Map<string, number>;
};

/** The same from worker processes, with one feed; entries for all purposes are written all the same. */
async function governed(fhirBase: string, brokers: string, others: Readonly<Record<string, number>>): Promise<Governed> {
  const file = join(folder.path, 'assay.config.json');
  await writeFile(file, JSON.stringify({ feeds: [{ name: 'care', purpose: 'care' }] }));
  const config = { ...loadConfig({ file, env: {}, cwd: folder.path }), kafka: { brokers } };
  const services = await findServices(config, say);
  undo.push(() => services.stop());
  const product = await openProduct(config, services);
  undo.push(() => product.close());
  const source = await registerSource(product.db, { name: 'bench', kind: 'bulk', settings: { url: fhirBase } });
  const processes = await startWorkers(workers, config, services, { KAFKA_BROKERS: brokers, NODE_OPTIONS: process.env['WORKER_NODE_OPTIONS'] ?? '' });
  undo.push(processes.stop);
  const pids = Object.entries({ PostgreSQL: services.postgres.pid ?? 0, Temporal: services.temporal.pid ?? 0, ...others });
  const cpuNow = async () => new Map([
    [workers === 1 ? 'worker' : 'workers', await processes.cpu()] as const,
    ...await Promise.all(pids.map(async ([name, pid]) => [name, await cpuSeconds(pid)] as const)),
  ]);
  const before = await cpuNow();
  const began = performance.now();
  const { startedBy } = await startRun(product.temporal, source);
  const stop = new AbortController().signal;
  const run = await runStartedBy(product.db, startedBy, stop) ?? '';
  await followRun(product.db, run, () => {}, stop);
  const toRelease = (performance.now() - began) / 1000;
  const toKafka = (await quietSince(brokers, 'care.') - began) / 1000;
  const cpu = new Map([...await cpuNow()].map(([name, seconds]) => [name, seconds - (before.get(name) ?? 0)]));
  const { rows: [rows] } = await product.db.query<Record<string, number>>(
    `select (select count(*) from version)::int as versions, (select count(*) from assessment)::int as assessments,
            (select count(*) from verdict)::int as verdicts, (select count(*) from feed_span)::int as "feed rows", (select n from feed_head)::int as "feed entries"`);
  return { toRelease, toKafka, peakMb: await processes.peak(), stages: await processes.stages(), rows: rows ?? {}, cpu };
}

/** When the topics with the prefix last grew, once they have been still for three seconds. */
async function quietSince(brokers: string, prefix: string): Promise<number> {
  const admin = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  let [last, at] = [-1, performance.now()];
  while (performance.now() - at < 3_000) {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
    const offsets = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
    const sum = offsets.flat().reduce((total, one) => total + Number(one.high), 0);
    if (sum !== last) [last, at] = [sum, performance.now()];
    await sleep(100);
  }
  await admin.disconnect();
  return at;
}

function report(raw: Copy, ours: Governed): void {
  const rate = (seconds: number) => `${Math.round(raw.resources / seconds)} resources/s, ${(raw.bytes / 1e6 / seconds).toFixed(1)} MB/s`;
  console.log([
    `raw copy            ${raw.seconds.toFixed(1)} s   ${rate(raw.seconds)}`,
    `governed, released  ${ours.toRelease.toFixed(1)} s   ${rate(ours.toRelease)}   ${(ours.toRelease / raw.seconds).toFixed(1)} times the raw copy`,
    `governed, in Kafka  ${ours.toKafka.toFixed(1)} s   ${rate(ours.toKafka)}   ${(ours.toKafka / raw.seconds).toFixed(1)} times the raw copy`,
    `${workers} worker(s), peak memory of one ${ours.peakMb.toFixed(0)} MB`,
    `rows: ${Object.entries(ours.rows).map(([table, n]) => `${table} ${n}`).join(', ')} for ${raw.resources} resources`,
    `CPU seconds: ${[...ours.cpu].map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join(', ')}`,
    'time in activities, µs a resource (activities overlap):',
    ...[...ours.stages].filter(([, sum]) => sum > 0.1).map(([name, sum]) => `  ${name.padEnd(20)} ${(sum * 1e6 / raw.resources).toFixed(0)}`),
  ].join('\n'));
}
