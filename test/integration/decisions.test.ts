import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { askCase, askUnanswered } from '../../apps/temporal/cases.ts';
import { caseEvents, keepCommand } from '../../storage/cases.ts';
import { decisionsOf } from '../../storage/decisions.ts';
import type { CaseAct } from '../../terms/case-act.ts';
import { caseTaskQueue, caseWorkflowId } from '../../workflows/messages.ts';
import { caseWorker } from '../support/case-worker.ts';
import { testDatabase } from '../support/database.ts';
import { feedSays, heldCase, view } from '../support/held-cases.ts';
import { testTemporal } from '../support/temporal.ts';

const { db } = await testDatabase();
const temporal = await testTemporal();
let stop = await caseWorker(temporal, db, 1);
afterAll(() => stop());

/** As the API does it: the row, then the update. @returns 'done' or the code of the refusal */
async function ask(exception: string, asked: CaseAct, person = 'ann', command: string = randomUUID()): Promise<string> {
  await keepCommand(db, { command, exception, asked, person, roles: ['steward'] });
  return askCase(temporal.client, exception, command).then(() => 'done', (error: { code?: string }) => error.code ?? String(error));
}
async function until<T>(what: () => Promise<T>, holds: (found: T) => boolean): Promise<T> {
  for (const end = Date.now() + 20_000; ; await sleep(50)) {
    const found = await what();
    if (holds(found) || Date.now() > end) return found;
  }
}

test('a decision takes effect by itself when the undo window ends; the workflow ends with it', async () => {
  const { exception, source } = await heldCase(db, ['a']);
  expect(await ask(exception, { act: 'decide', view: view() })).toBe('done');
  expect(await feedSays(db, source)).toEqual([]);
  expect(await until(() => feedSays(db, source), (said) => said.length > 0)).toHaveLength(1);
  await temporal.client.workflow.getHandle(caseWorkflowId(exception)).describe();
});

test('undone within the window it has no effect', async () => {
  const { exception, source } = await heldCase(db, ['a']);
  await ask(exception, { act: 'decide', view: view() });
  expect(await ask(exception, { act: 'undo' })).toBe('done');
  await sleep(1_500);
  expect(await feedSays(db, source)).toEqual([]);
});

test('many reviewers at once on one case: one decision; a click repeated by an impatient browser is one click', async () => {
  const { exception } = await heldCase(db, ['a', 'b']);
  const twice = randomUUID();
  const answers = await Promise.all([
    ...Array.from({ length: 18 }, (_, n) => ask(exception, { act: 'decide', view: view() }, `reviewer ${n}`)),
    ask(exception, { act: 'decide', view: view() }, 'eager', twice), ask(exception, { act: 'decide', view: view() }, 'eager', twice),
  ]);
  const done = answers.filter((answer) => answer === 'done').length;
  const made = await decisionsOf(db, exception);
  expect(made).toHaveLength(1);
  expect(done).toBe(made[0]?.decision.by === 'eager' ? 2 : 1);
  // Those who came after it had taken effect met a closed case.
  for (const answer of answers) expect(['done', 'ASSAY_CASE_DECIDED', 'ASSAY_CASE_CLOSED']).toContain(answer);
});

test('a worker that is gone between the decision and its effect: the next one finishes it', async () => {
  const { exception, source } = await heldCase(db, ['a']);
  await ask(exception, { act: 'decide', view: view() });
  await stop();
  await sleep(1_200);
  expect(await feedSays(db, source)).toEqual([]);
  stop = await caseWorker(temporal, db, 1);
  expect(await until(() => feedSays(db, source), (said) => said.length > 0)).toHaveLength(1);
  expect(await decisionsOf(db, exception)).toMatchObject([{ state: 'effective', settled: true }]);
});

test('a case whose workflow has ended with the act: its decision takes effect all the same, and the sweep brings what else is due', async () => {
  const { exception, source } = await heldCase(db, ['a']);
  await ask(exception, { act: 'decide', view: view() });
  await temporal.client.workflow.getHandle(caseWorkflowId(exception)).result();
  expect(await until(() => feedSays(db, source), (said) => said.length > 0)).toHaveLength(1);
  await db.query(`update ruling set expires_at = now() from decision d where d.id = decision_id and d.exception_id = $1`, [exception]);
  await temporal.client.workflow.execute('sweepExceptions', { taskQueue: caseTaskQueue, workflowId: 'sweep', args: [{ withinMs: 0 }] });
  expect(await until(async () => (await caseEvents(db, exception)).map(({ event }) => event.kind), (kinds) => kinds.includes('expired'))).toContain('expired');
});

test('an act that is on record and that its API did not come to ask is asked by a worker, once', async () => {
  const { exception, source } = await heldCase(db, ['a']);
  const command = randomUUID();
  await keepCommand(db, { command, exception, asked: { act: 'decide', view: view() }, person: 'ann', roles: ['steward'] });
  expect(await askUnanswered(db, temporal.client, 60_000)).toBe(0);
  expect(await askUnanswered(db, temporal.client, 0)).toBe(1);
  expect(await askUnanswered(db, temporal.client, 0)).toBe(0);
  expect(await until(() => feedSays(db, source), (said) => said.length > 0)).toHaveLength(1);
  expect(await decisionsOf(db, exception)).toHaveLength(1);
});

test('no history holds a word of a person', async () => {
  const { exception } = await heldCase(db, ['a']);
  await ask(exception, { act: 'comment', text: 'canary-of-a-comment' });
  const history = await temporal.client.workflow.getHandle(caseWorkflowId(exception)).fetchHistory();
  const text = JSON.stringify(history.events?.map((event) => Buffer.from(JSON.stringify(event)).toString()));
  expect(text).not.toContain(Buffer.from('canary-of-a-comment').toString('base64').slice(2, -4));
  expect(text).not.toContain('canary');
});
