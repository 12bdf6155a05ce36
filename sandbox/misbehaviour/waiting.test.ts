import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../server.ts';
import { exportAll, kickOff } from '../trial-client.ts';

// Misbehaviours of kick-off and waiting: one-export-at-a-time, slow-export, too-many-requests-while-exporting,
// retry-after-hours, retry-after-http-date, duplicate-kick-off-conflicts, kick-off-answer-lost, type-may-not-repeat.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ auth: false, defects: false, exportSeconds: 0 });
});
afterEach(async () => {
  sandbox.behave();
  for (const url of started.splice(0)) await fetch(url, { method: 'DELETE' });
});
afterAll(() => sandbox.stop());

const started: string[] = [];
async function start(query = '') {
  const answer = await kickOff(sandbox, query);
  const statusUrl = answer.headers.get('content-location') ?? '';
  if (statusUrl) started.push(statusUrl);
  return { answer, status: answer.status, statusUrl };
}

test('one-export-at-a-time: the finished job must be deleted before the next', async () => {
  await sandbox.misbehave({ name: 'one-export-at-a-time' });
  const { statusUrl } = await start();
  expect((await fetch(statusUrl)).status).toBe(200);
  expect((await start()).status).toBe(429);
  await fetch(statusUrl, { method: 'DELETE' });
  expect((await start()).status).toBe(202);
});

test('slow-export: ready after so many polls', async () => {
  await sandbox.misbehave({ name: 'slow-export', polls: 2, times: 1 });
  const { statusUrl } = await start();
  const polls = [];
  for (let poll = 0; poll < 3; poll++) polls.push((await fetch(statusUrl)).status);
  expect(polls).toEqual([202, 202, 200]);
});

test('too-many-requests-while-exporting: 429 with hours to wait, and none once it is done', async () => {
  await sandbox.misbehave({ name: 'slow-export', polls: 1 });
  await sandbox.misbehave({ name: 'too-many-requests-while-exporting' });
  const { statusUrl } = await start();
  const refused = await start();
  expect([refused.status, refused.answer.headers.get('retry-after')]).toEqual([429, '7200']);
  await fetch(statusUrl);
  expect((await fetch(statusUrl)).status).toBe(200);
  expect((await start()).status).toBe(202);
});

test('retry-after-hours: every wait is hours', async () => {
  await sandbox.misbehave({ name: 'slow-export' });
  await sandbox.misbehave({ name: 'retry-after-hours', seconds: 10_800 });
  expect((await fetch((await start()).statusUrl)).headers.get('retry-after')).toBe('10800');
});

test('retry-after-http-date: a date that lies as far ahead as the seconds said', async () => {
  await sandbox.misbehave({ name: 'slow-export' });
  await sandbox.misbehave({ name: 'retry-after-hours', seconds: 3600 });
  await sandbox.misbehave({ name: 'retry-after-http-date' });
  const said = (await fetch((await start()).statusUrl)).headers.get('retry-after') ?? '';
  expect(said).toMatch(/^\w{3}, \d{2} \w{3} \d{4} .* GMT$/);
  expect(Math.abs(Date.parse(said) - Date.now() - 3_600_000)).toBeLessThan(5000);
});

test('duplicate-kick-off-conflicts: 409 for the same request, none for another', async () => {
  await sandbox.misbehave({ name: 'duplicate-kick-off-conflicts' });
  expect((await start('?_type=Patient')).status).toBe(202);
  expect((await start('?_type=Patient')).status).toBe(409);
  expect((await start('?_type=Device')).status).toBe(202);
});

test('kick-off-answer-lost: the job runs and its address never came', async () => {
  await sandbox.misbehave({ name: 'kick-off-answer-lost', times: 1 });
  await sandbox.misbehave({ name: 'one-export-at-a-time', status: 409 });
  await expect(kickOff(sandbox)).rejects.toThrow('fetch failed');
  expect((await kickOff(sandbox)).status).toBe(409); // the lost job still stands in the way
});

test('type-may-not-repeat: a comma list passes, a second _type does not', async () => {
  await sandbox.misbehave({ name: 'type-may-not-repeat' });
  expect((await start('?_type=Patient&_type=Device')).status).toBe(400);
  expect((await exportAll(sandbox, '?_type=Patient,Device')).output).toHaveLength(2);
});

test('times: it acts so often, then the server behaves', async () => {
  await sandbox.misbehave({ name: 'search-needs-parameter', type: 'Patient', parameter: 'name', times: 2 });
  const statuses = [];
  for (let asked = 0; asked < 3; asked++) statuses.push((await fetch(`${sandbox.fhirBase}/Patient`)).status);
  expect(statuses).toEqual([400, 400, 200]);
});
