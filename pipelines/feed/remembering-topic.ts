import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaClient, type KafkaClient, type KafkaSettings } from './kafka.ts';

/** A topic of one partition that forgets nothing: what was written last is read last. */
export type RememberingTopic = {
  readonly name: string;
  /** It is in every replica that is in sync when this resolves. */
  append(value: string): Promise<void>;
  /** Everything that it holds, oldest first; what was read before is not read again. */
  values(): Promise<readonly string[]>;
};

const READ_MS = 20_000;

/** @param settings whose broker it lies at; a topic that exists is left as its operator made it */
export function rememberingTopic(settings: KafkaSettings, name: string): RememberingTopic {
  const kafka = kafkaClient(settings);
  const known: string[] = [];
  let next = 0;
  let there = false;
  async function end(): Promise<number> {
    const admin = kafka.admin();
    try {
      await admin.connect();
      if (!there) {
        await admin.createTopics({ waitForLeaders: true, topics: [{ topic: name, numPartitions: 1, replicationFactor: settings.replicationFactor ?? -1,
          configEntries: [{ name: 'cleanup.policy', value: 'delete' }, { name: 'retention.ms', value: '-1' }, { name: 'retention.bytes', value: '-1' }] }] });
        there = true;
      }
      const [partition] = await admin.fetchTopicOffsets(name);
      next = Math.max(next, Number(partition?.low ?? 0));
      return Number(partition?.high ?? 0);
    } finally {
      await admin.disconnect();
    }
  }
  return {
    name,
    async values() {
      const upTo = await end();
      if (next >= upTo) return known;
      for (const { offset, value } of await readFrom(kafka, name, next, upTo)) {
        if (offset < next) continue;
        next = offset + 1;
        known.push(value);
      }
      return known;
    },
    async append(value) {
      await end();
      const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
      try {
        await producer.connect();
        await producer.send({ topic: name, acks: -1, messages: [{ value }] });
      } finally {
        await producer.disconnect();
      }
    },
  };
}

/** @throws Error when the last message does not come in time */
async function readFrom(kafka: KafkaClient, topic: string, from: number, upTo: number): Promise<{ offset: number; value: string }[]> {
  const read: { offset: number; value: string }[] = [];
  const consumer = kafka.consumer({ groupId: `fhir-assay-remembering-${randomUUID()}`, maxWaitTimeInMs: 100, retry: { retries: 5 } });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ autoCommit: false, eachMessage: async ({ message }) => { read.push({ offset: Number(message.offset), value: String(message.value ?? '') }); } });
    consumer.seek({ topic, partition: 0, offset: String(from) });
    for (const late = Date.now() + READ_MS; (read.at(-1)?.offset ?? -1) < upTo - 1; await sleep(20)) {
      if (Date.now() > late) throw new Error('the topic could not be read in time');
    }
    return read;
  } finally {
    await consumer.disconnect();
  }
}
