/**
 * How fast does what is released leave? Entries a second into the sequence, out over HTTP, and out to
 * Kafka beside the same bytes produced with bare kafkajs to the same broker.
 * Run: node bench/feed.ts [versions, 20000]. Needs Java and Maven for the broker.
 */
import { createHash } from 'node:crypto';
import { existsSync, createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import Fastify from 'fastify';
import kafkajs from 'kafkajs';
import { appendEvent, appendEvents } from '../ledger/append.ts';
import { createConsumer } from '../pipelines/feed/consumers.ts';
import { ensureFeeds } from '../pipelines/feed/feeds.ts';
import { feedRoutes } from '../pipelines/feed/http.ts';
import { openKafka } from '../pipelines/feed/kafka.ts';
import { startPublisher } from '../pipelines/feed/publish.ts';
import { createReleaseActivities } from '../pipelines/release/activities.ts';
import { connect, type Database } from '../storage/connect.ts';
import { feedHead } from '../storage/feeds.ts';
import { store } from '../storage/stored-bytes.ts';
import { judgedVersions } from '../test/support/judged-versions.ts';
import { startKafkaBroker } from '../test/support/kafka-broker.ts';
import { startSharedPostgres, withDatabase } from '../test/support/shared-postgres.ts';

const count = Number(process.argv[2] ?? 20_000);
const PARTITIONS = 20;
const synthea = new URL('../../shared/synthea/us-core-6.1.0/', import.meta.url);

/** Real resources where they are at hand, each line as it is. */
async function* resources(): AsyncGenerator<string> {
  if (!existsSync(synthea)) for (;;) yield JSON.stringify({ resourceType: 'Observation', pad: Math.random().toString(36).repeat(100) });
  for (const name of (await readdir(synthea)).filter((file) => /\.ndjson(\.gz)?$/.test(file))) {
    const file = createReadStream(new URL(name, synthea));
    for await (const line of createInterface({ input: name.endsWith('.gz') ? file.pipe(createGunzip()) : file })) if (line !== '') yield line;
  }
}

/** Evenly from all types: the files are of very different sizes. */
async function take(n: number): Promise<Buffer[]> {
  const all: Buffer[] = [];
  for await (const line of resources()) if (all.push(Buffer.from(line)) >= 60_000) break;
  return Array.from({ length: n }, (_, at) => all[Math.floor((at * all.length) / n)]!);
}

async function seed(db: Database, bodies: readonly Buffer[]): Promise<string[]> {
  const judged = await judgedVersions(db);
  const run = await judged.run();
  const stored = bodies.map(store);
  for (let at = 0; at < bodies.length; at += 1_000) {
    const some = bodies.slice(at, at + 1_000);
    await db.query(
      `insert into version (source_id, type, logical_id, ordinal, head, hash, bytes, encoding, size, run_id, file_id, line, patient, refs)
       select $1, 'Observation', 'b' || line, 1, true, hash, bytes, encoding, size, $2, (select id from run_file where run_id = $2), line, 'p' || line % $8, '{}'
         from unnest($3::int[], $4::bytea[], $5::bytea[], $6::int[], $7::int[]) as x (line, hash, bytes, encoding, size)`,
      [judged.source, run, some.map((_, i) => at + i), some.map((body) => createHash('sha256').update(body).digest()),
        stored.slice(at, at + 1_000).map((one) => one.bytes), stored.slice(at, at + 1_000).map((one) => one.encoding),
        some.map((body) => body.length), PARTITIONS]);
  }
  await db.query(`insert into assessment (version_id, rule_set_id, context_hash, run_id, as_of) select id, (select max(id) from rule_set), '', $1, now() from version`, [run]);
  await db.query(
    `insert into verdict (assessment_id, version_id, policy_id, purposes, outcome, flags, because, run_id)
     select id, version_id, (select max(id) from policy), '{care,quality,payment,research,training}', 'release', '{}', '{}', run_id from assessment`);
  await db.query('vacuum analyze');
  const partitions: string[] = [];
  for (let at = 0; at < PARTITIONS; at++) partitions.push(await judged.partition(run, [`p${at}`]));
  return partitions;
}

async function timed(what: string, units: number, bytes: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1_000;
  const mb = bytes === 0 ? '' : `, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s`;
  console.log(`${what}: ${Math.round(units / seconds)}/s${mb} (${units} in ${seconds.toFixed(2)} s)`);
  return seconds;
}

const cluster = await startSharedPostgres();
const broker = await startKafkaBroker();
const db = connect(withDatabase(cluster.told.url, cluster.told.template), { connections: 16 });
try {
  const bodies = await take(count);
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
  const partitions = await seed(db, bodies);
  const { releasePartition } = createReleaseActivities({ db, appendEvents });
  const [half, rest] = [partitions.slice(0, PARTITIONS / 2), partitions.slice(PARTITIONS / 2)];
  await timed('released, one at a time (entries, 5 a version)', count * 2.5, 0, async () => { for (const id of half) await releasePartition(id); });
  await timed('released, 4 at once', count * 2.5, 0, () => Promise.all([0, 1, 2, 3].map(async (worker) => {
    for (let at = worker; at < rest.length; at += 4) await releasePartition(rest[at]!);
  })));

  await ensureFeeds(db, [{ name: 'care', purpose: 'care' }]);
  const { token } = await createConsumer({ db, appendEvent }, { name: 'bench', feeds: ['care'] });
  const app = Fastify({ forceCloseConnections: true });
  await app.register(feedRoutes, { db, appendEvent });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  for (const pass of [1, 2]) {
    await timed(`read over HTTP (${pass})`, count, bytes, async () => {
      const response = await fetch(`${address}/feeds/care/entries?limit=100000`, { headers: { authorization: `Bearer ${token}` } });
      for await (const part of response.body!) void part;
    });
  }
  await app.close();

  await (await openKafka({ brokers: broker.brokers, prefix: 'bare-' })).close(); // brings the codec and warms the broker
  const raw = await rawProduce(broker.brokers, bodies, bytes);
  const stop = new AbortController();
  const published = await timed('published to Kafka (entries; two messages each)', count, bytes, async () => {
    const head = await feedHead(db);
    const done = startPublisher({ db, brokers: broker.brokers, signal: stop.signal, idleMs: 20, log: { info() {}, warn: console.warn }, moved: (to) => { if (to >= head) stop.abort(); } });
    await done;
  });
  console.log(`publisher ÷ bare kafkajs: ${(published / raw).toFixed(2)} times the time`);
} finally {
  await db.close();
  await broker.stop();
  await cluster.stop();
}

async function rawProduce(brokers: string, bodies: readonly Buffer[], bytes: number): Promise<number> {
  const kafka = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'bare', numPartitions: 1, configEntries: [{ name: 'max.message.bytes', value: '4194304' }] }] });
  await admin.disconnect();
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const seconds = await timed('bare kafkajs, idempotent, zstd', bodies.length, bytes, async () => {
    for (let at = 0; at < bodies.length; at += 1_000) {
      await producer.send({
        topic: 'bare', compression: kafkajs.CompressionTypes.ZSTD,
        messages: bodies.slice(at, at + 1_000).map((value, i) => ({ key: `bench/Observation/b${at + i}`, value })),
      });
    }
  });
  await producer.disconnect();
  return seconds;
}
