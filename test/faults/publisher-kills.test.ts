import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { appendEvent } from '../../ledger/append.ts';
import { ensureFeeds } from '../../pipelines/feed/feeds.ts';
import { startPublisher } from '../../pipelines/feed/publish.ts';
import { createReleaseActivities } from '../../pipelines/release/activities.ts';
import { testDatabase } from '../support/database.ts';
import { judgedVersions } from '../support/judged-versions.ts';
import { startKafkaBroker } from '../support/kafka-broker.ts';
import { readTopics } from '../support/read-topics.ts';
import { requireForFile } from '../support/require.ts';

const proof = process.env['ASSAY_PROOF'] !== undefined && process.env['ASSAY_PROOF'] !== '';
const KILLS = proof ? 100 : 10;
const OUTAGE_MS = proof ? 60_000 : 5_000;

if (requireForFile('java', 'maven')) {
  const { db, url } = await testDatabase();
  const broker = await startKafkaBroker();
  afterAll(() => broker.stop());
  const prefix = 'kills-';
  const judged = await judgedVersions(db);
  const { releasePartition } = createReleaseActivities({ db, appendEvent });
  await ensureFeeds(db, [{ name: 'care', purpose: 'care' }]);
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
    ['--disable-warning=TimeoutNegativeWarning', new URL('../support/publisher-process.ts', import.meta.url).pathname, url, broker.brokers, prefix],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  async function kill(child: ChildProcess): Promise<void> {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  /** A publisher brings the rest; then a read_committed reader finds each sequence number once, in order, with its bytes. */
  async function expectAllOnce(): Promise<void> {
    const stop = new AbortController();
    const done = startPublisher({ db, brokers: broker.brokers, prefix, idleMs: 20, retryMs: 200, signal: stop.signal, log: { info() {}, warn() {} } });
    const { rows } = await db.query<{ sequence: string; hash: string }>(
      `select e.sequence, encode(v.hash, 'hex') as hash from feed_entry e join version v on v.id = e.version_id order by sequence`);
    const last = rows.at(-1)!.sequence;
    const read = await readTopics(broker.brokers, /^kills-care\.Observation$/, (some) => some.some((one) => one.headers['ce_sequence'] === last), 120_000);
    stop.abort();
    await done;
    const values = read.map(({ headers, value }) => ({ sequence: headers['ce_sequence'], hash: createHash('sha256').update(value!).digest('hex') }));
    expect(values).toEqual(rows);
    console.log(`PROOF ${rows.length} entries released, ${values.length} read in order, each once, each with its bytes`);
  }

  test(`${KILLS} times kill -9 of the publisher and of the broker: each entry once`, { timeout: 3_600_000 }, async () => {
    const enough = new AbortController();
    const writing = (async () => { while (!enough.signal.aborted) { await release(10); await sleep(20); } })();
    let child = publisherProcess();
    for (let kills = 1; kills <= KILLS; kills++) {
      await sleep(400 + Math.random() * 2_500);
      if (kills % 3 === 0) {
        await broker.kill();
        await sleep(Math.random() * 1_000);
        await broker.start();
      } else {
        await kill(child);
        child = publisherProcess();
      }
    }
    enough.abort();
    await writing;
    await kill(child);
    await expectAllOnce();
  });

  test(`${OUTAGE_MS / 1000} s without Kafka: the publisher waits and goes on`, { timeout: 600_000 }, async () => {
    const child = publisherProcess();
    await release(20);
    await broker.kill();
    await release(200);
    await sleep(OUTAGE_MS);
    expect(child.exitCode).toBe(null);
    await broker.start();
    await release(20);
    const { rows: [head] } = await db.query<{ n: string }>('select n from feed_head');
    await readTopics(broker.brokers, /^kills-care\.Observation$/, (some) => some.some((one) => one.headers['ce_sequence'] === head!.n), 60_000);
    await kill(child);
    await expectAllOnce();
  });
}
