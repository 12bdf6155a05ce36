import { expect, test } from 'vitest';
import { nextPull, scheduleSource, startRun } from '../../apps/temporal/runs.ts';
import { testProduct } from '../support/product.ts';

const { db, temporal, sandbox, source, reconciled } = await testProduct({ hydrate: [] });
const handle = temporal.schedule.getHandle(`schedule-of-source-${source}`);
const runs = async () => (await db.query<{ id: string; state: string }>('select id, state from run order by id')).rows;
const until = async (what: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 90_000; Date.now() < end && !await what();) await new Promise((resolve) => setTimeout(resolve, 100));
};
/** What the schedule has started, newest first, and what came of it. */
const started = async () => (await handle.describe()).info.recentActions.map(({ action }) => action.workflow);

test('a schedule is set, changed, shown and taken away', async () => {
  expect(await nextPull(temporal, source)).toBeUndefined();
  await scheduleSource(temporal, source, '0 3 1 1 *');
  const first = await nextPull(temporal, source);
  expect(first instanceof Date && first.toISOString()).toMatch(/-01-01T03:00:00\.000Z$/);
  await scheduleSource(temporal, source, '@every 6h');
  expect(Number(await nextPull(temporal, source)) - Date.now()).toBeLessThan(6 * 3_600_000 + 1_000);
  await handle.pause();
  expect(await nextPull(temporal, source)).toBe('paused');
  await handle.unpause();
  expect((await handle.describe()).policies.overlap).toBe('SKIP');
});

test('it pulls the source; one that is due while the source is pulled by hand is skipped', async () => {
  await sandbox.misbehave({ name: 'slow-export', seconds: 6, polls: 3 });
  const byHand = await startRun(temporal, source);
  await until(async () => (await runs()).length === 1);
  await handle.trigger();
  await until(async () => (await started()).length === 1);
  const [skipped] = await started();
  expect(await temporal.workflow.getHandle(skipped?.workflowId ?? '').result()).toBe('skipped');
  expect((await byHand.ended()).state).toBe('completed');
  expect(await runs()).toHaveLength(1);

  sandbox.behave();
  await handle.trigger();
  await until(async () => (await runs()).length === 2 && (await runs())[1]?.state !== 'running');
  // Also what looks after runs has left it alone.
  const [, second] = await runs();
  expect(second?.state).toBe('completed');
  expect((await reconciled(second?.id ?? '')).balances).toBe(true);
}, 240_000);

test('a source without a schedule has none', async () => {
  await scheduleSource(temporal, source, undefined);
  expect(await nextPull(temporal, source)).toBeUndefined();
});
