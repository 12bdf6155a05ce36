import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { scratch } from '../support/scratch.ts';

const program = join(import.meta.dirname, '..', '..', 'start.mjs');

type Run = { readonly child: ChildProcess; readonly said: () => string };

/** `npm run proof -- ledger 2 1`: two parts, and PostgreSQL of its own. */
function prove(home: string, ...more: string[]): Run {
  const out: string[] = [];
  // A group of its own: what it starts is killed with it.
  const child = spawn(process.execPath, [program, 'proof', 'ledger', '2', '1', '--out', join(home, 'out'), ...more],
    { env: { ...process.env, ASSAY_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => out.push(text.toString()));
  onTestFinished(() => { killGroup(child); });
  return { child, said: () => out.join('') };
}

function killGroup({ pid = 0 }: ChildProcess): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch { /* gone */ }
}

test('a proof that was killed goes on behind the part that was done; --fresh begins anew', { timeout: 240_000 }, async () => {
  const home = await scratch('proof');
  const first = prove(home);
  while (!first.said().includes('honest histories')) {
    expect(first.child.exitCode, first.said()).toBe(null);
    await sleep(50);
  }
  killGroup(first.child);
  await once(first.child, 'close');

  const second = prove(home);
  expect(await once(second.child, 'close')).toEqual([0, null]);
  expect(second.said()).toContain('going on behind 1 part that is done');
  expect(second.said()).not.toMatch(/^tamperings/m);
  const told = await readFile(join(home, 'out', 'ledger.md'), 'utf8');
  expect(told).toMatch(/tamperings by the database’s owner \| 2 \|/);
  expect(told).toMatch(/honest random histories \| 2 \|/);
  expect(await readdir(join(home, 'proof'))).toEqual([]);

  const third = prove(home, '--fresh');
  while (!/^tamperings/m.test(third.said())) {
    expect(third.child.exitCode, third.said()).toBe(null);
    await sleep(50);
  }
});
