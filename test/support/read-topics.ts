import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import '../../pipelines/feed/kafka.ts'; // brings the zstd codec

export type ReadMessage = { readonly topic: string; readonly offset: string; readonly key: string; readonly value: Buffer | null; readonly headers: Record<string, string> };

const client = (brokers: string) => new kafkajs.Kafka({ clientId: 'reader', brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });

/**
 * What the topics hold for a read_committed reader, once `enough`, and what came in a moment after.
 * Fails when that takes too long.
 */
export async function readTopics(brokers: string, topics: RegExp, enough: (read: readonly ReadMessage[]) => boolean, timeoutMs = 30_000): Promise<ReadMessage[]> {
  const consumer = client(brokers).consumer({ groupId: `reader-${randomUUID()}`, maxWaitTimeInMs: 100 });
  const read: ReadMessage[] = [];
  const end = Date.now() + timeoutMs;
  // A subscription by pattern sees the topics of its beginning only.
  while (!(await topicNames(brokers)).some((name) => topics.test(name)) && Date.now() < end) await sleep(50);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ topic, message }) => {
        const headers = Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]));
        read.push({ topic, offset: message.offset, key: String(message.key), value: message.value, headers });
      },
    });
    while (!enough(read)) {
      if (Date.now() > end) throw new Error(`not enough in the topics: ${read.length} messages`);
      await sleep(50);
    }
    await sleep(500);
    return read;
  } finally {
    await consumer.disconnect();
  }
}

const topicNames = (brokers: string): Promise<string[]> => asAdmin(brokers, (admin) => admin.listTopics());

export async function topicSettings(brokers: string, topic: string): Promise<Record<string, string>> {
  const { resources } = await asAdmin(brokers, (admin) => admin.describeConfigs({
    includeSynonyms: false, resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }] }));
  return Object.fromEntries((resources[0]?.configEntries ?? []).map((entry) => [entry.configName, entry.configValue]));
}

async function asAdmin<T>(brokers: string, work: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
  const admin = client(brokers).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
