import { expect, test } from 'vitest';
import { appendEvents } from '../ledger/append.ts';
import { createReleaseActivities } from '../pipelines/release/activities.ts';
import { testDatabase } from '../test/support/database.ts';
import { judgedVersions } from '../test/support/judged-versions.ts';
import { releasedByDay } from './pictures.ts';

const { db } = await testDatabase();

test('releases are counted by the days given; what is older is left out', async () => {
  const judged = await judgedVersions(db);
  const run = await judged.run();
  const instants = ['2026-11-24T04:59:59Z', '2026-11-24T05:00:00Z', '2026-11-25T04:59:59.999Z', '2026-11-25T05:00:00Z', '2026-11-26T03:00:00Z'];
  const versions: string[] = [];
  for (const [n] of instants.entries()) versions.push(await judged.land(run, `r${n}`, `${n}`));
  for (const version of versions) await judged.judge(run, version, 'release', { purposes: ['care'] });
  await createReleaseActivities({ db, appendEvents }).releasePartition(await judged.partition(run));
  for (const [n, at] of instants.entries()) await db.query('update feed_span set at = $2 where version_id = $1', [versions[n], at]);
  // New York’s.
  const days = [{ day: '2026-11-24', at: new Date('2026-11-24T05:00:00Z') }, { day: '2026-11-25', at: new Date('2026-11-25T05:00:00Z') }];
  expect(await releasedByDay(db, days, null)).toEqual([{ day: '2026-11-24', purpose: 'care', entries: 2 }, { day: '2026-11-25', purpose: 'care', entries: 2 }]);
  expect(await releasedByDay(db, days, [])).toEqual([]);
});
