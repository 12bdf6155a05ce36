import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Line } from './lines.ts';
import type { Pass } from './threads-side.ts';

/** A module without types. */
const { flags, flagsOf } = await import(new URL('../../apps/node24.mjs', import.meta.url).href) as { flags: readonly string[]; flagsOf: { check: readonly string[] } };
/** Rounds in which V8 compiles: each of two threads has half the lines to learn from. */
const warming = 13;
/** Resources of a pass: so many that the last blocks, done by one while the other has none, count little. */
const long = 80_000;

type Given = { readonly file: string; readonly packages: readonly string[] };

const start = async ({ file, packages }: Given, threads: number, core: number | undefined): Promise<ChildProcess> => {
  const program = [process.execPath, ...flags, ...flagsOf.check, new URL('./threads-side.ts', import.meta.url).pathname, file, String(threads), ...packages];
  const [command, ...args] = core === undefined ? program : ['taskset', '-c', String(core), ...program];
  const child = spawn(command!, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await answer(child);
  return child;
};

const answer = async (child: ChildProcess): Promise<unknown> => {
  const ended = new AbortController();
  const [first] = await Promise.race([once(child, 'message', ended), once(child, 'exit', ended).then(([code]) => { throw new Error(`a side of the bench ended with ${code}`); })]).finally(() => ended.abort());
  return first;
};

/** The second of two passes: the caches, and what V8 gives up in a process that waits, come back in the first. */
const turn = async (child: ChildProcess): Promise<Pass> => {
  child.send('go');
  await answer(child);
  child.send('go');
  return await answer(child) as Pass;
};

export type Rates = { readonly 'a second': number; readonly cores: number; readonly 'times one core': number };

/**
 * What `assay check` does up to writing, by the clock: a process bound to one core, and one with two threads, with the product's settings.
 * In the same rounds two processes bound to a core each, which share nothing: what the machine, which is not ours alone, lets any program have.
 */
export const oneAndTwo = async (packages: readonly string[], lines: readonly Line[], rounds: number): Promise<Readonly<Record<string, Rates>> | undefined> => {
  if (spawnSync('taskset', ['-c', '0,1', 'true']).status !== 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'assay-threads-'));
  const given: Given = { file: join(folder, 'a.ndjson'), packages };
  const all = lines.length * Math.ceil(long / lines.length);
  const set = Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Buffer.from('\n')]));
  const children: ChildProcess[] = [];
  const took: { readonly one: Pass; readonly threads: Pass; readonly processes: Pass }[] = [];
  try {
    for (let i = 0; i < all; i += lines.length) await appendFile(given.file, set);
    for (const [threads, core] of [[1, 0], [1, 1], [2, undefined]] as const) children.push(await start(given, threads, core));
    const [first, second, both] = children as [ChildProcess, ChildProcess, ChildProcess];
    for (let i = 0; i < warming + rounds; i++) {
      const one = await turn(i % 2 === 0 ? first : second), threads = await turn(both);
      const beside = await Promise.all([turn(first), turn(second)]);
      if ([one, threads, ...beside].some(({ checked }) => checked !== all)) throw new Error(`not all of ${all} were checked`);
      const sum = (of: (side: Pass) => number): number => of(beside[0]) + of(beside[1]);
      if (i >= warming) took.push({ one, threads, processes: { checked: 2 * all, rate: sum(({ rate }) => rate), cores: sum(({ cores }) => cores) } });
    }
  } finally {
    for (const child of children) child.kill();
    await rm(folder, { recursive: true });
  }
  const row = (side: 'one' | 'threads' | 'processes'): Rates => ({
    'a second': Math.round(median(took.map((round) => round[side].rate))), cores: median(took.map((round) => round[side].cores)),
    'times one core': median(took.map((round) => round[side].rate / round.one.rate)),
  });
  return { 'one core': row('one'), 'two threads': row('threads'), 'two processes, which share nothing': row('processes') };
};
