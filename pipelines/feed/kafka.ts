import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs, { type Admin, type Kafka, type Producer, type SASLOptions } from 'kafkajs';
import { fillIn, standIns } from './kafka-records.ts';
import type { Message, Topic } from './messages.ts';

export type KafkaSettings = {
  /** host:port, several separated by commas: KAFKA_BROKERS. */
  readonly brokers: string;
  /** Put before the names of topics and of the producer. */
  readonly prefix?: string;
  /** TLS; PEM texts: whom to trust beside the system's own, and who we are. */
  readonly ssl?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly sasl?: { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; readonly username: string; readonly password: string };
  /** Of topics that we create; the broker's default where absent. */
  readonly partitions?: number;
  readonly replicationFactor?: number;
  /** How long value topics keep what they hold (contract 21). */
  readonly retentionMs?: number;
  /** max.message.bytes of topics that we create. */
  readonly maxMessageBytes?: number;
};

/** Feed name → the last sequence number that is in Kafka. */
export type Progress = Readonly<Record<string, number>>;

/** One life of the one fenced producer (contract 22). After any error it is closed and another is opened. */
export type KafkaSession = {
  /** As committed when the session began; nobody else can have moved it since. */
  readonly progress: Progress;
  /** The largest value that fits a message of any topic written so far. */
  largest(): number;
  /** The topics exist. */
  prepare(topics: readonly Topic[]): Promise<void>;
  /** All messages and the progress, in one Kafka transaction. */
  publish(messages: readonly Message[], progress: Progress): Promise<void>;
  close(): Promise<void>;
};

const DAY_MS = 86_400_000;
const defaults = { prefix: '', partitions: -1, replicationFactor: -1, retentionMs: 30 * DAY_MS, maxMessageBytes: 4_194_304 };
/** A record's frame, key and headers, generously. */
const RECORD_OVERHEAD = 4_096;
const READ_PROGRESS_MS = 30_000;
const { CompressionTypes, CompressionCodecs, logLevel } = kafkajs;
const [compress, decompress] = [promisify(zstdCompress), promisify(zstdDecompress)];
/** For whoever reads what we write with the same library, too. */
CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: (encoder: { buffer: Buffer }) => compress(fillIn(encoder.buffer), { params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
  decompress: (buffer: Buffer) => decompress(buffer),
});

export type KafkaClient = Kafka;

export const kafkaClient = ({ brokers, ssl, sasl }: KafkaSettings): KafkaClient => new kafkajs.Kafka({
  clientId: 'fhir-assay', brokers: brokers.split(','), logLevel: logLevel.NOTHING,
  // A session that fails is replaced as a whole: few tries inside one.
  connectionTimeout: 3_000, requestTimeout: 30_000, retry: { initialRetryTime: 100, retries: 5 },
  ...(ssl === undefined ? {} : { ssl: { ...ssl } }), ...(sasl === undefined ? {} : { sasl: sasl as SASLOptions }),
});

/** Connects, fences whoever published before, and reads how far they got. */
export async function openKafka(settings: KafkaSettings): Promise<KafkaSession> {
  const given = { ...defaults, ...settings };
  const kafka = kafkaClient(given);
  const admin = kafka.admin();
  const producer = kafka.producer({ transactionalId: `${given.prefix}fhir-assay-publisher`, idempotent: true, maxInFlightRequests: 1 });
  const close = async (): Promise<void> => { await Promise.allSettled([producer.disconnect(), admin.disconnect()]); };
  try {
    await admin.connect();
    const progressTopic = `${given.prefix}fhir-assay.progress`;
    await createTopic(admin, progressTopic, 1, given.replicationFactor, { 'cleanup.policy': 'compact' });
    await producer.connect();
    const progress = await readProgress(kafka, admin, producer, progressTopic);
    return { progress, close, ...topicKeeper(admin, given), publish: publisher(producer, progressTopic, given.maxMessageBytes) };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The last committed progress. A mark of our own is written first and read up to: it stands behind
 * every transaction that was committed, and no earlier producer can write after it.
 */
async function readProgress(kafka: Kafka, admin: Admin, producer: Producer, topic: string): Promise<Progress> {
  const [mark, groupId] = [randomUUID(), `${topic}-${randomUUID()}`];
  await inTransaction(producer, async (transaction) => {
    await transaction.send({ topic, messages: [{ key: 'mark', value: mark }] });
  });
  // read_committed is the library's default (readUncommitted: false).
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, retry: { retries: 5 } });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    return await new Promise<Progress>((resolve, reject) => {
      let progress: Progress = {};
      setTimeout(() => reject(new Error('the progress could not be read in time')), READ_PROGRESS_MS).unref();
      // A coordinator that is still loading: the consumer starts again by itself.
      consumer.on(consumer.events.CRASH, ({ payload }) => { if (!payload.restart) reject(payload.error); });
      consumer.run({
        autoCommit: false,
        eachMessage: async ({ message: { key, value } }) => {
          if (key?.toString() === 'progress' && value) progress = JSON.parse(value.toString()) as Progress;
          if (key?.toString() === 'mark' && value?.toString() === mark) resolve(progress);
        },
      }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => {}); // an empty group goes by itself in time
  }
}

type Transaction = Awaited<ReturnType<Producer['transaction']>>;

async function inTransaction(producer: Producer, work: (transaction: Transaction) => Promise<void>): Promise<void> {
  const transaction = await producer.transaction();
  try {
    await work(transaction);
    await transaction.commit();
  } catch (error) {
    // If this fails too, the next session's fence aborts it.
    if (transaction.isActive()) await transaction.abort().catch(() => {});
    throw error;
  }
}

function publisher(producer: Producer, progressTopic: string, batchBytes: number): KafkaSession['publish'] {
  return (messages, progress) => inTransaction(producer, async (transaction) => {
    for (const some of batches(messages, batchBytes)) {
      const { values, done } = standIns(some);
      const placed = some.map(({ topic, key }, place) => ({ topic, message: { key, value: values[place] ?? null } }));
      await transaction.sendBatch({
        compression: CompressionTypes.ZSTD,
        topicMessages: [...Map.groupBy(placed, ({ topic }) => topic)].map(([topic, of]) => ({ topic, messages: of.map(({ message }) => message) })),
      }).finally(done);
    }
    await transaction.send({ topic: progressTopic, messages: [{ key: 'progress', value: JSON.stringify(progress) }] });
  });
}

/** A send makes one record batch a partition, and a batch must fit max.message.bytes. */
function* batches(messages: readonly Message[], bytes: number): Generator<Message[], void, undefined> {
  const sizes = new Map<string, number>();
  let some: Message[] = [];
  for (const message of messages) {
    const size = (sizes.get(message.topic) ?? 0) + (message.value?.length ?? 0) + RECORD_OVERHEAD / 4;
    if (size > bytes - RECORD_OVERHEAD && some.length > 0) {
      yield some;
      some = [];
      sizes.clear();
    }
    sizes.set(message.topic, some.length === 0 ? (message.value?.length ?? 0) : size);
    some.push(message);
  }
  if (some.length > 0) yield some;
}

function topicKeeper(admin: Admin, given: typeof defaults): Pick<KafkaSession, 'prepare' | 'largest'> {
  const known = new Set<string>();
  let smallest = given.maxMessageBytes;
  return {
    largest: () => smallest - RECORD_OVERHEAD,
    async prepare(topics) {
      for (const { topic, keeps } of topics) {
        if (known.has(topic)) continue;
        await createTopic(admin, topic, given.partitions, given.replicationFactor, {
          'max.message.bytes': String(given.maxMessageBytes),
          ...(keeps === 'current' ? { 'cleanup.policy': 'compact' } : { 'cleanup.policy': 'delete', 'retention.ms': String(given.retentionMs) }),
        });
        smallest = Math.min(smallest, await limitOf(admin, topic));
        known.add(topic);
      }
    },
  };
}

/** A topic that exists is left as its operator made it. */
async function createTopic(admin: Admin, topic: string, numPartitions: number, replicationFactor: number, settings: Record<string, string>): Promise<void> {
  const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
  await admin.createTopics({ topics: [{ topic, numPartitions, replicationFactor, configEntries }] });
}

async function limitOf(admin: Admin, topic: string): Promise<number> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false, resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: ['max.message.bytes'] }] });
  return Number(resources[0]?.configEntries[0]?.configValue ?? defaults.maxMessageBytes);
}

/** The library's name for an error with the broker's own code (https://kafka.apache.org/protocol#protocol_error_codes); no text that could quote. */
export function kafkaError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause instanceof Error ? ` ← ${kafkaError(error.cause)}` : '';
  return `${error.name}${'type' in error && typeof error.type === 'string' ? ` ${error.type}` : ''}${cause}`;
}
