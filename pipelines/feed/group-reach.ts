import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaClient } from './kafka.ts';

/** Behind a message may stand a transaction's markers, which have offsets too: one looks back so far for the message. */
const LOOK_BACK = 100;
/** Markers are not handed out: what comes no more within a second was the last. */
const [READ_MS, QUIET_MS] = [15_000, 1_000];

export type Committed = ReadonlyMap<string, number>;
const place = (topic: string, partition: number): string => `${topic} ${partition}`;

/** The feed's topics that there are. @param prefix of the feed's topics, as `care.` */
export async function topicsOf(kafka: KafkaClient, prefix: string): Promise<string[]> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.listTopics()).filter((topic) => topic.startsWith(prefix)).sort();
  } finally {
    await admin.disconnect();
  }
}

/** How far a consumer group has committed: 'topic partition' → the offset that it reads next; partitions it never read are left out. */
export async function committedBy(kafka: KafkaClient, group: string, topics: readonly string[]): Promise<Committed> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const found = topics.length === 0 ? [] : await admin.fetchOffsets({ groupId: group, topics: [...topics] });
    return new Map(found.flatMap(({ topic, partitions }) => partitions
      .map(({ partition, offset }) => [place(topic, partition), Number(offset)] as const).filter(([, offset]) => offset > 0)));
  } finally {
    await admin.disconnect();
  }
}

/**
 * The greatest sequence number among the messages below the committed offsets: read from the messages
 * themselves, the last before each offset. undefined: there is none any more.
 */
export async function sequenceBelow(kafka: KafkaClient, committed: Committed): Promise<number | undefined> {
  if (committed.size === 0) return undefined;
  const topics = [...new Set([...committed.keys()].map((key) => key.split(' ')[0] ?? ''))];
  const groupId = `fhir-assay-reach-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, retry: { retries: 5 } });
  const [open, silent] = [new Set(committed.keys()), new Set(committed.keys())];
  let greatest: number | undefined;
  let sought = false;
  let heard = 0;
  try {
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch, isStale }) => {
        const key = place(batch.topic, batch.partition);
        const end = committed.get(key);
        if (end === undefined || !sought || isStale()) return;
        heard = Date.now();
        silent.delete(key);
        for (const { offset, headers } of batch.messages) {
          const sequence = Number(String(headers?.['ce_sequence'] ?? ''));
          if (Number(offset) < end && sequence > (greatest ?? 0)) greatest = sequence;
        }
        if (Number(batch.lastOffset()) >= end - 1) open.delete(key);
      },
    });
    for (const [key, end] of committed) {
      const [topic = '', partition] = key.split(' ');
      consumer.seek({ topic, partition: Number(partition), offset: String(Math.max(0, end - LOOK_BACK)) });
    }
    sought = true;
    const quiet = (): boolean => silent.size === 0 && Date.now() - heard > QUIET_MS;
    for (const end = Date.now() + READ_MS; open.size > 0 && Date.now() < end && !quiet();) await sleep(50);
    return greatest;
  } finally {
    await consumer.disconnect();
  }
}
