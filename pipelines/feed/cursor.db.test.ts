import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { appendEvents } from '../../ledger/append.ts';
import { entriesAfter, feedHead } from '../../storage/feeds.ts';
import { testDatabase } from '../../test/support/database.ts';
import { judgedVersions } from '../../test/support/judged-versions.ts';
import { purposes } from '../../terms/purpose.ts';
import { createReleaseActivities } from '../release/activities.ts';

const { db } = await testDatabase({ connections: 20 });
const WRITERS = 4;
const VERSIONS = 300;

test('writers that race, roll back and lose their connections, against a reader with a cursor: nothing lost, nothing twice', async () => {
  const judged = await judgedVersions(db);
  const partitions = await Promise.all(Array.from({ length: WRITERS * 3 }, async (_, at) => {
    const run = await judged.run();
    for (let i = 0; i < VERSIONS / 3; i++) await judged.judge(run, await judged.land(run, `w${at}-${i}`, '{}', { patient: `p${at}` }), 'release');
    return judged.partition(run, [`p${at}`]);
  }));
  // An event that cannot be written takes the release and its numbers back with it.
  const failing: typeof appendEvents = async (tx, events) => {
    if (Math.random() < 0.3) throw new Error('no event');
    await sleep(Math.random() * 10);
    await appendEvents(tx, events);
  };
  const { releasePartition } = createReleaseActivities({ db, appendEvents: failing });
  let failures = 0;
  const untilDone = async (partition: string): Promise<number> => {
    try {
      return (await releasePartition(partition)).released;
    } catch {
      failures++;
      return untilDone(partition);
    }
  };
  let writing = true;
  const killing = (async () => {
    while (writing) {
      await db.query(`select pg_terminate_backend(pid) from pg_stat_activity
                       where datname = current_database() and pid <> pg_backend_pid() and query ilike '%feed_head%' and random() < 0.3`).catch(() => {});
      await sleep(15);
    }
  })();
  const read: number[] = [];
  const reading = (async () => {
    for (let last = false; !last;) {
      last = !writing;
      for (;;) {
        const page = await entriesAfter(db, { purposes, types: null, sources: null }, read.at(-1) ?? 0, 100).catch(() => undefined);
        if (page?.length === 0) break;
        read.push(...(page ?? []).map((entry) => entry.sequence));
      }
      await sleep(1);
    }
  })();
  await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => {
    for (const partition of partitions.slice(writer * 3, writer * 3 + 3)) await untilDone(partition);
  }));
  writing = false;
  await Promise.all([reading, killing]);
  const head = await feedHead(db);
  expect(failures).toBeGreaterThan(0);
  expect(read).toEqual(Array.from({ length: head }, (_, at) => at + 1));
  expect(head).toBe(WRITERS * VERSIONS * 5);
  const { rows: [row] } = await db.query<{ n: string }>('select count(*) as n from (select distinct version_id, purpose from feed_entry)');
  expect(Number(row?.n)).toBe(head);
});
