import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, expect, test } from 'vitest';
import { runCli } from '../../apps/cli.ts';
import { PiqiDocument } from '../../console/api/shapes/piqi.ts';
import { policySeed } from '../../apps/policy-file.ts';
import { putPolicy } from '../../storage/policies.ts';
import { keepScores } from '../../storage/scores.ts';
import { registerSource } from '../../storage/source.ts';
import { heldCase } from '../support/held-cases.ts';
import { testDatabase } from '../support/database.ts';
import { judgedVersions } from '../support/judged-versions.ts';
import { makeScratch } from '../support/scratch.ts';
import { testTemporal } from '../support/temporal.ts';

// The commands that ask the services, as a data engineer or a program calls them.

const { db, url } = await testDatabase();
const { address, namespace } = await testTemporal();
const home = await makeScratch('cli');
afterAll(() => home.remove());
const right = { DATABASE_URL: url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, ASSAY_HOME: home.path, ASSAY_API_PORT: '1' };

const other = createServer();
await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
afterAll(() => { other.close(); });
const taken = String((other.address() as AddressInfo).port);

async function assay(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  let [out, err] = ['', ''];
  const code = await runCli(args, {
    out: (text) => { out += text; }, err: (text) => { err += text; },
    env: { ...right, ...env }, cwd: home.path, stop: new AbortController().signal,
  });
  return { code, out, err };
}

test.for(['sources', 'runs', 'cases', 'consumers', 'status'])('%s --json is JSON and nothing else, with nothing there yet', async (verb) => {
  const told = await assay([verb, '--json']);
  expect(told.err).toBe('');
  expect(() => JSON.parse(told.out) as unknown).not.toThrow();
  // Of the parts neither a worker nor the API is up here.
  expect(told.code).toBe(verb === 'status' ? 1 : 0);
});

test('status names the addresses of all parts, and no password', async () => {
  const { addresses, parts } = JSON.parse((await assay(['status', '--json'])).out) as { addresses: Record<string, string | null>; parts: { part: string; state: string }[] };
  expect(Object.keys(addresses).sort()).toEqual(['api', 'feed', 'kafka', 'page', 'postgresql', 'temporal']);
  expect(addresses['postgresql']).toContain('postgres://');
  expect(addresses['postgresql']).not.toContain(new URL(url).password || 'no password');
  expect(Object.fromEntries(parts.map(({ part, state }) => [part, state]))).toMatchObject({ PostgreSQL: 'up', Temporal: 'up', Worker: 'down', API: 'down' });
});

test('what is held is listed by cause, with the purposes that wait', async () => {
  await heldCase(db, ['o1']);
  const [one] = JSON.parse((await assay(['cases', '--json'])).out) as { rule: string; records: number; waits: string[] }[];
  expect(one).toMatchObject({ rule: 'value-unit-fits', records: 1 });
  expect(one?.waits.length).toBeGreaterThan(0);
  expect((await assay(['cases'])).out).toContain(`1 record(s); ${one?.waits.join(', ')} wait`);
});

test('scores of a run are PIQI’s document', async () => {
  const { source, run, land, judge } = await judgedVersions(db);
  const { rows: [{ name } = { name: '' }] } = await db.query<{ name: string }>('select name from source where id = $1', [source]);
  const id = await run();
  await judge(id, await land(id, 'scored', '{}'), 'hold', { rule: 'value-unit-fits' });
  await db.transaction(async (tx) => { await keepScores(tx, id); await putPolicy(tx, policySeed, 'ada'); });
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  for (const [of, message] of [[[], id], [['--resource', 'Observation/scored'], 'Observation/scored']] as const) {
    const { out, err, code } = await assay(['scores', '--source', name, '--format', 'piqi', ...of]);
    const document = JSON.parse(out) as { results: object[] };
    expect(ajv.validate(PiqiDocument, document), ajv.errorsText()).toBe(true);
    expect({ results: document.results, err, code }).toMatchObject({ err: '', code: 0, results: [{ messageID: message, dataSourceID: name, criticalFailureCount: 1, dataClassFrequency: [{ dataClass: 'Observation', count: 1 }] }] });
  }
  expect((await assay(['scores', '--source', name, '--format', 'xml'])).code).toBe(2);
});

test.for<[string, string[], NodeJS.ProcessEnv, number, RegExp]>([
  ['a source that nobody knows', ['run', '--source', 'nobody'], {}, 2, /^No source has this name\./m],
  ['runs of a source that nobody knows', ['runs', '--source', 'nobody'], {}, 2, /^No source has this name\./m],
  ['no run to cancel', ['runs', 'cancel', 'quiet'], {}, 1, /^No run of this source goes now\./m],
  ['a password that is refused', ['runs'], { DATABASE_URL: new URL(url).password === '' ? url.replace('//', '//nobody@') : url.replace(new URL(url).password, 'wrong') }, 1, /^PostgreSQL does not answer, or lets us not in\. \(the user/m],
  ['a database that is not there', ['runs'], { DATABASE_URL: url.replace(/\/[^/]*$/, '/none') }, 1, /there is no such database/],
  ['nobody at the address', ['runs'], { DATABASE_URL: 'postgres://u@127.0.0.1:1/d' }, 1, /nobody listens there/],
  ['a port that another program has, for the API', ['api'], { ASSAY_API_PORT: taken }, 1, /^Another program listens on the port already\./m],
  ['Temporal elsewhere', ['runs'], { TEMPORAL_ADDRESS: '127.0.0.1:1' }, 1, /^Temporal does not answer\./m],
  ['a namespace that is not there', ['sources', 'show', 'quiet'], { TEMPORAL_NAMESPACE: 'none' }, 1, /^Temporal has no such namespace\./m],
])('%s: one sentence, what to do, the code', { timeout: 30_000 }, async ([, args, env, code, sentence]) => {
  await registerSource(db, { name: 'quiet', kind: 'files', settings: { folder: '/none' } });
  const told = await assay(args, env);
  expect(told).toMatchObject({ code, out: '' });
  expect(told.err).toMatch(sentence);
  expect(told.err).toMatch(/\nASSAY_[A-Z_]+\n$/);
});
