import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { isAlive } from '../../apps/services/owned-process.ts';
import { makeScratch } from '../support/scratch.ts';

// `npm start` as a person types it, on a data folder of its own: the first look, the second start, and being stopped in the middle.

const program = join(import.meta.dirname, '..', '..', 'start.mjs');
const home = await makeScratch('start');
await chmod(home.path, 0o755); // PostgreSQL may run as another user
const running: ChildProcess[] = [];
afterAll(async () => {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) { child.kill('SIGTERM'); await once(child, 'close'); }
  await home.remove();
});

type Started = { readonly child: ChildProcess; readonly said: () => string; says(what: RegExp): Promise<void>; ended(): Promise<unknown> };

function type(...args: string[]): Started {
  const out: string[] = [];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ASSAY_HOME: home.path, DATABASE_URL: undefined, TEMPORAL_ADDRESS: undefined, KAFKA_BROKERS: undefined } });
  running.push(child);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => out.push(text.toString()));
  const closed = once(child, 'close');
  const said = (): string => out.join('');
  return {
    child, said,
    async says(what) {
      for (const end = Date.now() + 480_000; !what.test(said()); await sleep(50)) {
        if (child.exitCode !== null || Date.now() > end) throw new Error(`it did not say ${what}: ${said().slice(-2_000)}`);
      }
    },
    ended: async () => (await closed)[0],
  };
}

/** Processes that the data folder's state files name and that are still there. */
async function left(): Promise<string[]> {
  const files = (await readdir(home.path)).filter((name) => name.endsWith('.json'));
  const states = await Promise.all(files.map(async (name) => ({ name, pid: (JSON.parse(await readFile(join(home.path, name), 'utf8')) as { pid?: number }).pid ?? 0 })));
  return states.filter(({ pid }) => pid !== process.pid && isAlive(pid)).map(({ name }) => name);
}

test('the first look: it governs an export, says what became of it and where to look, and stays up', { timeout: 900_000 }, async () => {
  const first = type('start');
  await first.says(/It stays up/);
  const said = first.said();
  expect(said).toMatch(/^received [\d,]+: exported/m);
  expect(said).toMatch(/^became +[\d,]+: landed/m);
  for (const purpose of ['care', 'quality', 'payment', 'research', 'training']) expect(said).toMatch(new RegExp(`^  ${purpose} +[\\d,]+ +\\d+ +\\d+ +\\d+`, 'm'));
  expect(said).toContain('It balances: nothing is lost and nothing is counted twice.');
  expect(said.match(/^ {2}• .+\.( |$)/gm)).toHaveLength(3);
  const addresses = new Map([...said.matchAll(/^ {2}(\S.*?) {2,}(https?:\/\/\S+)$/gm)].map(([, what, url]) => [what, url]));
  expect([...addresses.keys()]).toEqual(expect.arrayContaining(['page', 'feeds', 'API documentation']));
  for (const [what, url = ''] of addresses) if (!url.includes('{')) expect([what, (await fetch(url)).status]).toEqual([what, 200]);
  const [, authorization = '', url = ''] = /curl -H 'Authorization: ([^']+)' '([^']+)'/.exec(said) ?? [];
  const lines = (await (await fetch(url, { headers: { authorization } })).text()).trim().split('\n').map((line) => JSON.parse(line) as { kind: string; value: string });
  expect(lines.map(({ kind }) => kind)).toEqual(['release', 'release', 'release']);

  const second = type('start');
  expect(await second.ended()).toBe(1);
  expect(second.said()).toContain('ASSAY_ALREADY_RUNNING');
  const status = type('assay', 'status', '--json');
  expect(await status.ended()).toBe(0);
  expect((JSON.parse(status.said()) as { parts: { state: string }[] }).parts.some(({ state }) => state === 'down')).toBe(false);

  first.child.kill('SIGINT');
  expect(await first.ended()).toBe(0);
  expect(await left()).toEqual([]);
});

test('stopped in the middle of a run it leaves nothing running; the next start goes on, and keeps what there is', { timeout: 900_000 }, async () => {
  const stopped = type('start');
  await stopped.says(/Pulling from/);
  stopped.child.kill('SIGINT');
  expect(await stopped.ended()).toBe(0);
  expect(await left()).toEqual([]);

  const again = type('start', '--once');
  expect(await again.ended(), again.said().slice(-2_000)).toBe(0);
  // What the first look brought is known: nothing of it lands twice.
  expect(again.said()).toMatch(/^became +[\d,]+: landed 0,/m);
  expect(again.said()).toContain('It balances');
  expect(await left()).toEqual([]);
});

test('--fresh begins anew: what was there is forgotten', { timeout: 600_000 }, async () => {
  const anew = type('start', '--once', '--fresh');
  expect(await anew.ended(), anew.said().slice(-2_000)).toBe(0);
  expect(anew.said()).toMatch(/^Run 1$/m);
  expect(anew.said()).toMatch(/^became +[\d,]+: landed [1-9][\d,]*, unchanged 0,/m);
  expect(await left()).toEqual([]);
});
