import kafkajs from 'kafkajs';
import { expect, onTestFinished, test } from 'vitest';
import { appendEvent, appendEvents } from '../../ledger/append.ts';
import { testDatabase } from '../../test/support/database.ts';
import { judgedVersions } from '../../test/support/judged-versions.ts';
import { testKafka } from '../../test/support/kafka.ts';
import { readTopics } from '../../test/support/read-topics.ts';
import { requireForFile } from '../../test/support/require.ts';
import { createReleaseActivities } from '../release/activities.ts';
import { createConsumer } from './consumers.ts';
import { ensureFeeds } from './feeds.ts';
import { watchGroups } from './group-consumption.ts';
import { startPublisher } from './publish.ts';

if (requireForFile('java', 'maven')) {
  const { db } = await testDatabase();
  const { brokers, prefix } = await testKafka();
  const judged = await judgedVersions(db);
  const { releasePartition } = createReleaseActivities({ db, appendEvents });
  await ensureFeeds(db, [{ name: 'care', purpose: 'care' }, { name: 'training', purpose: 'training' }]);
  const group = `${prefix}team`;
  await createConsumer({ db, appendEvent }, { name: 'team', feeds: ['care'], kafkaGroup: group });
  await createConsumer({ db, appendEvent }, { name: 'http-team', feeds: ['care'] });
  const topic = `${prefix}care.Observation`;
  const turn = watchGroups({ db, appendEvent, brokers, prefix });
  const ranges = async () => (await db.query<{ name: string; from: number; to: number; entries: number; via: string }>(
    `select c.name, from_sequence::int as from, to_sequence::int as to, entries, via from consumption join consumer c on c.id = consumer_id order by consumption.id`)).rows;

  async function release(...ids: string[]): Promise<void> {
    for (const id of ids) {
      const run = await judged.run();
      await judged.judge(run, await judged.land(run, id, `{"id":"${id}"}`), 'release');
      await releasePartition(await judged.partition(run));
    }
  }

  /** The group reads so many messages and commits behind the last. @returns the greatest sequence number among them */
  async function consume(count: number): Promise<number> {
    const consumer = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING }).consumer({ groupId: group, maxWaitTimeInMs: 100 });
    const read: { partition: number; offset: string; sequence: number }[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ autoCommit: false, eachMessage: async ({ partition, message }) => {
      if (read.length < count) read.push({ partition, offset: message.offset, sequence: Number(String(message.headers?.['ce_sequence'])) });
    } });
    while (read.length < count) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const [partition, of] of Map.groupBy(read, (one) => one.partition)) {
      await consumer.commitOffsets([{ topic, partition, offset: String(Number(of.at(-1)?.offset) + 1) }]);
    }
    await consumer.disconnect();
    return Math.max(...read.map((one) => one.sequence));
  }

  test('what a group commits is recorded as consumption, range by range, each with its event', async () => {
    const stop = new AbortController();
    const publishing = startPublisher({ db, brokers, prefix, signal: stop.signal, log: { info() {}, warn() {} }, idleMs: 20, partitions: 1 });
    onTestFinished(async () => { stop.abort(); await publishing; });
    await release('a', 'b', 'c', 'd');
    await readTopics(brokers, new RegExp(`^${topic}$`), (read) => read.length >= 4);
    await turn();
    expect(await ranges()).toEqual([]); // nothing is committed yet
    const first = await consume(2);
    await turn();
    await turn(); // nothing has moved
    expect(await ranges()).toEqual([{ name: 'team', from: 1, to: first, entries: 2, via: 'kafka' }]);
    const second = await consume(2);
    await turn();
    // Another watcher, after a restart, has nothing to add.
    await watchGroups({ db, appendEvent, brokers, prefix })();
    expect((await ranges()).slice(1)).toEqual([{ name: 'team', from: first + 1, to: second, entries: 2, via: 'kafka' }]);
    const { rows } = await db.query<{ body: string }>(`select convert_from(body, 'UTF8') as body from event where kind = 'range-consumed' order by id`);
    expect(rows.map(({ body }) => JSON.parse(body) as object)).toMatchObject([{ from: 1, to: first, via: 'kafka' }, { from: first + 1, to: second, via: 'kafka' }]);
  }, 90_000);
}
