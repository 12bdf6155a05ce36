import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { median, type Line } from './lines.ts';
import { machineCeiling } from './machine-ceiling.ts';
import type { Pass } from './threads-side.ts';

type Side = { readonly name: string; readonly threads: number; /** On one core, whatever V8 does beside its thread. */ readonly pinned: boolean };
const sides: readonly Side[] = [
  { name: 'one core', threads: 1, pinned: true },
  { name: 'one thread, not bound to a core', threads: 1, pinned: false },
  { name: 'two threads', threads: 2, pinned: false },
];
/** A module without types. */
const { flags, flagsOf, environmentOf } = await import(new URL('../../apps/node24.mjs', import.meta.url).href) as { flags: readonly string[]; flagsOf: { check: readonly string[] }; environmentOf: { check: NodeJS.ProcessEnv } };
/** In which V8 compiles: each of two threads has half the lines to learn from. */
const warming = 25;

const start = async ({ threads, pinned }: Side, set: string, packages: readonly string[]): Promise<ChildProcess> => {
  const program = [...flags, ...flagsOf.check, new URL('./threads-side.ts', import.meta.url).pathname, set, String(threads), ...packages];
  const [command, ...args] = pinned ? ['taskset', '-c', '0', process.execPath, ...program] : [process.execPath, ...program];
  const child = spawn(command!, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...environmentOf.check, ...process.env } });
  await answer(child);
  return child;
};

const answer = async (child: ChildProcess): Promise<unknown> => {
  const ended = new AbortController();
  const [first] = await Promise.race([once(child, 'message', ended), once(child, 'exit', ended).then(([code]) => { throw new Error(`a side of the bench ended with ${code}`); })]).finally(() => ended.abort());
  return first;
};

export type Rates = Readonly<Record<string, { readonly 'a second': number; readonly cores: number; readonly 'times one core': number; readonly 'times one thread': number }>>;

/**
 * What `assay check` does between reading and writing, by the clock, on one core, with one thread, with two: each a
 * process with the product's settings, taking turns. V8 collects and compiles beside its thread: one thread is more than one core.
 */
export const oneAndTwo = async (set: string, packages: readonly string[], lines: readonly Line[], passes: number): Promise<{ rates: Rates; ceiling: number }> => {
  const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
  if (!canPin) console.log('taskset is absent: one core is not measured');
  const children = new Map<string, ChildProcess>();
  const took = new Map<string, Pass[]>();
  try {
    for (const side of sides) if (canPin || !side.pinned) children.set(side.name, await start(side, set, packages));
    for (let i = 0; i < passes + warming; i++) {
      for (const [name, child] of children) {
        child.send('go');
        const pass = await answer(child) as Pass;
        if (i >= warming) took.set(name, [...took.get(name) ?? [], pass]);
      }
    }
  } finally { for (const child of children.values()) child.kill(); }
  const times = (name: string, other: string): number => median((took.get(name) ?? []).map(({ rate }, i) => rate / (took.get(other)?.[i]?.rate ?? Number.NaN)));
  const rates = Object.fromEntries([...took].map(([name, all]) => [name, {
    'a second': Math.round(median(all.map(({ rate }) => rate))), cores: median(all.map(({ cores }) => cores)),
    'times one core': times(name, sides[0]!.name), 'times one thread': times(name, sides[1]!.name),
  }]));
  return { rates, ceiling: await machineCeiling(lines, passes) };
};
