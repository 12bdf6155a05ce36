import { expect, test } from 'vitest';
import { settleRuns } from '../../apps/worker/settle-runs.ts';
import { runWorkflowId } from '../../workflows/messages.ts';
import { registerSource } from '../../storage/source.ts';
import { testProduct } from '../support/product.ts';

const { db, temporal, sandbox, source, run, reconciled } = await testProduct({ hydrate: [] });
const rowOf = async (id: string) => (await db.query<{ state: string; code: string | null }>('select state, error_code as code from run where id = $1', [id])).rows[0];

test('a run that somebody terminates in Temporal is ended by the worker; the next one takes up what it left', async () => {
  await sandbox.misbehave({ name: 'slow-export', seconds: 600 });
  const going = run().catch(() => {});
  let id: string | undefined;
  for (; id === undefined; await new Promise((resolve) => setTimeout(resolve, 100))) {
    ({ rows: [{ id } = { id: undefined }] } = await db.query<{ id: string }>('select id from run'));
  }
  // One that goes is left alone, also by a second look.
  expect(await settleRuns(db, temporal)).toEqual([]);
  await temporal.workflow.getHandle(runWorkflowId(source)).terminate('by hand');
  await going;
  expect(await rowOf(id)).toEqual({ state: 'running', code: null });
  for (const end = Date.now() + 60_000; Date.now() < end && (await rowOf(id))?.state === 'running';) await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await rowOf(id)).toEqual({ state: 'failed', code: 'ASSAY_RUN_ENDED_OUTSIDE' });
  const { rows: events } = await db.query(`select from event where kind = 'run-closed'`);
  expect(events).toHaveLength(1);
  expect(await settleRuns(db, temporal)).toEqual([]);
  sandbox.behave();
  const next = await run();
  expect(next.state).toBe('completed');
  expect((await reconciled(next.run)).balances).toBe(true);
}, 240_000);

test('a row whose workflow Temporal does not know has ten minutes: its server may just be coming back', async () => {
  const other = await registerSource(db, { name: 'other', kind: 'files', settings: { folder: '/none' } });
  const insert = async (startedBy: string, ago: string) => (await db.query<{ id: string }>(
    `insert into run (source_id, started_by, asked, started_at) values ($1, $2, '{}', now() - $3::interval) returning id`, [other, startedBy, ago])).rows[0]?.id;
  const [lost, fresh] = [await insert('lost', '1 hour'), await insert('fresh', '1 minute')];
  await settleRuns(db, temporal); // the worker may have been faster
  expect([(await rowOf(lost ?? ''))?.state, (await rowOf(fresh ?? ''))?.state]).toEqual(['failed', 'running']);
});
