import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { appendEvents } from '../../ledger/append.ts';
import { ensureFeeds } from '../../pipelines/feed/feeds.ts';
import { startPublisher } from '../../pipelines/feed/publish.ts';
import { createReleaseActivities } from '../../pipelines/release/activities.ts';
import { seededRandom } from '../../sandbox/seeded-random.ts';
import type { Database } from '../../storage/connect.ts';
import { judgedVersions } from './judged-versions.ts';
import type { KafkaBroker } from './kafka-broker.ts';
import { kafkaAgainstFeed, type KafkaAgainstFeed } from './kafka-against-feed.ts';

const [feed, prefix] = ['care', 'kills-'];

export type PublisherTrial = {
  /** kill -9 of the publisher and, each third time, of the broker, while entries are released. */
  kills(count: number): Promise<KafkaAgainstFeed>;
  /** The broker away for so long, while entries are released. @returns running: whether the publisher outlived it */
  outage(ms: number): Promise<KafkaAgainstFeed & { readonly running: boolean }>;
};

/** A publisher as a process of its own, an empty database of one's own, and a broker: what a read_committed reader finds afterwards. */
export async function publisherTrial({ db, url, broker, seed }: { readonly db: Database; readonly url: string; readonly broker: KafkaBroker; readonly seed: number }): Promise<PublisherTrial> {
  const random = seededRandom(seed, 'publisher');
  const judged = await judgedVersions(db);
  const { releasePartition } = createReleaseActivities({ db, appendEvents });
  await ensureFeeds(db, [{ name: feed, purpose: 'care' }]);
  let made = 0;

  /** New versions of a few resources, so that the order of each is put to the test. */
  async function release(count: number): Promise<void> {
    const run = await judged.run();
    for (let i = 0; i < count; i++) {
      const version = await judged.land(run, `r${made % 37}`, JSON.stringify({ made: made++, pad: 'é'.repeat(made % 500) }));
      await judged.judge(run, version, 'release', { purposes: ['care'] });
      if (i % 5 === 4) await releasePartition(await judged.partition(run));
    }
    await releasePartition(await judged.partition(run));
  }
  const publisherProcess = (): ChildProcess => spawn(process.execPath,
    ['--disable-warning=TimeoutNegativeWarning', new URL('publisher-process.ts', import.meta.url).pathname, url, broker.brokers, prefix],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  /** A publisher brings the rest. */
  async function compare(): Promise<KafkaAgainstFeed> {
    const stop = new AbortController();
    const done = startPublisher({ db, brokers: broker.brokers, prefix, idleMs: 20, retryMs: 200, signal: stop.signal, log: { info() {}, warn() {} } });
    try {
      return await kafkaAgainstFeed(db, broker.brokers, feed, { prefix });
    } finally {
      stop.abort();
      await done;
    }
  }

  return {
    async kills(count) {
      const enough = new AbortController();
      const writing = (async () => { while (!enough.signal.aborted) { await release(10); await sleep(20); } })();
      let child = publisherProcess();
      for (let kills = 1; kills <= count; kills++) {
        await sleep(400 + random.below(2_500));
        if (kills % 3 === 0) {
          await broker.kill();
          await sleep(random.below(1_000));
          await broker.start();
        } else {
          await kill(child);
          child = publisherProcess();
        }
      }
      enough.abort();
      await writing;
      await kill(child);
      return compare();
    },
    async outage(ms) {
      const child = publisherProcess();
      await release(20);
      await broker.kill();
      await release(200);
      await sleep(ms);
      const running = child.exitCode === null && child.signalCode === null;
      await broker.start();
      await release(20);
      // This one publishes what waited: another is started only to compare.
      await kafkaAgainstFeed(db, broker.brokers, feed, { prefix, timeoutMs: 60_000 });
      await kill(child);
      return { ...await compare(), running };
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
