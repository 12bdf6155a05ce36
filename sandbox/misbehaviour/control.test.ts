import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../server.ts';
import { allMisbehaviours } from './all-misbehaviours.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ auth: false, misbehaviours: [{ name: 'search-mode-absent' }] });
});
afterAll(() => sandbox.stop());

const control = (method = 'GET', body?: unknown, name = '') =>
  fetch(`${sandbox.url}/sandbox/misbehaviour${name}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
const active = async () => ((await (await control()).json()) as { active: { name: string }[] }).active;

test('on at start, on by POST, listed by GET, off by DELETE', async () => {
  expect(await active()).toEqual([{ name: 'search-mode-absent', parameters: {}, acted: 0, timesLeft: null }]);
  expect((await control('POST', { name: 'slow-export', polls: 9, times: 2 })).status).toBe(201);
  expect((await active()).at(-1)).toEqual({ name: 'slow-export', parameters: { polls: 9, seconds: 0 }, acted: 0, timesLeft: 2 });
  expect((await control('DELETE', undefined, '/slow-export')).status).toBe(204);
  expect((await active()).map(({ name }) => name)).toEqual(['search-mode-absent']);
  expect((await control('DELETE')).status).toBe(204);
  expect(await active()).toEqual([]);
});

test.each([
  [{ name: 'no-such-thing' }], [{ name: 'slow-export', polls: 'many' }], [{ name: 'slow-export', colour: 1 }],
  [{ name: 'partial-success', types: 'Patient' }], [{ name: 'slow-export', times: 0 }], ['text'],
])('a wrong order is refused in words: %j', async (body) => {
  const answer = await control('POST', body);
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: expect.stringMatching(/\.$/) as string }]);
});

test('labels and counts are told aside', async () => {
  expect(await (await fetch(`${sandbox.url}/sandbox/labels`)).json()).toEqual(sandbox.labels);
  expect(await (await fetch(`${sandbox.url}/sandbox/counts`)).json()).toMatchObject({ resources: { Patient: 92 }, looseLines: 2 });
});

test('each misbehaviour is a file of its name in the one list, with a test of its name', () => {
  const files = readdirSync(import.meta.dirname);
  const tests = files.filter((name) => name.endsWith('.test.ts')).map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('');
  const parts = ['all-misbehaviours.ts', 'misbehaviour.ts', 'rewrite-references.ts'];
  const names = allMisbehaviours.map(({ name }) => name);
  expect(files.filter((name) => !name.endsWith('.test.ts') && !parts.includes(name)).sort()).toEqual(names.map((name) => `${name}.ts`).sort());
  for (const name of names) expect(tests).toContain(`test('${name}: `);
});
