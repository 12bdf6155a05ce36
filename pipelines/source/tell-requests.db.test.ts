import { afterAll, beforeEach, expect, test } from 'vitest';
import { createValidator } from '../../apps/validator.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { registerSource } from '../../storage/source.ts';
import { testDatabase } from '../../test/support/database.ts';
import { asker, exceptionStage, heldCase, view } from '../../test/support/held-cases.ts';
import { taskById } from '../../storage/case-tasks.ts';
import { fhirTask } from '../../terms/case-request.ts';
import { createHttp } from './http.ts';
import { signed, tellRequests } from './tell-requests.ts';

const secret = `whsec_${Buffer.from('a secret of twenty-four!').toString('base64')}`;
const { db } = await testDatabase();
const sandbox = await startSandbox({ auth: false, defects: false, requests: { secret } });
afterAll(() => sandbox.stop());
const ask = asker(db, exceptionStage(db));
const failures: string[] = [];
const tell = (known = secret) => tellRequests({ db, http: createHttp(), secret: (name) => name === 'SECRET' ? known : undefined, failed: (_task, _source, error) => failures.push(String((error as { code?: string }).code)) });
const soon = () => db.query('update case_task set again_at = now() where again_at is not null');
beforeEach(() => { failures.length = 0; sandbox.requests.deliveries.length = 0; });

/** A case of a source that takes requests, with a correction asked for. @returns the task's id, which is the decision's */
async function asked(): Promise<{ task: string; exception: string }> {
  const { exception, source } = await heldCase(db, ['a']);
  await registerSource(db, { name: source, kind: 'bulk', settings: { url: sandbox.fhirBase, requests: { url: `${sandbox.url}/requests`, secretEnv: 'SECRET' } } });
  await ask(exception, { act: 'decide', view: view({ disposition: 'chart-correction', validity: 'true-finding' }) });
  const { rows: [row] } = await db.query<{ id: string }>('select id from case_task where exception_id = $1', [exception]);
  return { task: row?.id ?? '', exception };
}

test('signed as the specification’s own example is', () => {
  expect(signed('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')['webhook-signature'])
    .toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('told once, in each state it comes to', async () => {
  const { task, exception } = await asked();
  expect(await tell()).toBe(1);
  expect(await tell()).toBe(0);
  expect(sandbox.requests.deliveries).toEqual([{ id: `${task}.requested`, task, status: 'requested', records: [`${sandbox.fhirBase}/Observation/a`] }]);
  await ask(exception, { act: 'reopen', reason: 'Not needed.' });
  expect((await taskById(db, task))?.state).toBe('requested'); // it is open: nothing to reopen
  await db.query(`update case_task set state = 'cancelled', done_at = now() where id = $1`, [task]);
  expect(await tell()).toBe(1);
  expect(sandbox.requests.deliveries.map(({ id }) => id)).toEqual([`${task}.requested`, `${task}.cancelled`]);
});

test('not taken: again later, under the same id, and nothing else is told to that source meanwhile', async () => {
  const { task } = await asked();
  sandbox.requests.refuseNext(1);
  expect(await tell()).toBe(0);
  expect(failures).toEqual(['ASSAY_REQUEST_NOT_TAKEN']);
  expect(await taskById(db, task)).toMatchObject({ tries: 1, sentAt: null });
  expect(await tell()).toBe(0);
  expect(failures).toHaveLength(1);
  await soon();
  expect(await tell()).toBe(1);
  expect(sandbox.requests.deliveries.map(({ id }) => id)).toEqual([`${task}.requested`]);
  expect(await taskById(db, task)).toMatchObject({ tries: 0, sentAt: expect.any(Date) });
});

test('under another secret it is refused, and not lost', async () => {
  const { task } = await asked();
  expect(await tell(`whsec_${Buffer.from('somebody else’s').toString('base64')}`)).toBe(0);
  expect(sandbox.requests.deliveries).toEqual([]);
  await soon();
  expect(await tell()).toBe(1);
  expect(sandbox.requests.deliveries.map((one) => one.task)).toEqual([task]);
});

test('a source that has no address is told nothing', async () => {
  const { exception } = await heldCase(db, ['a']);
  await ask(exception, { act: 'decide', view: view({ disposition: 'chart-correction', validity: 'true-finding' }) });
  expect(await tell()).toBe(0);
});

test('what is sent is a FHIR R4 Task', async () => {
  const { task } = await asked();
  const row = await taskById(db, task);
  if (row === undefined) throw new Error('no task');
  const { issue } = await createValidator().validate(Buffer.from(JSON.stringify(fhirTask(row))));
  expect(issue.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
});
