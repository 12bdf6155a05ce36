// Runs a program under the Node 24 that npm brought. Only node: modules: this is run by any Node from 20 on.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** vitest.config.ts and the Dockerfile give the same. */
export const flags = [
  '--disable-warning=ExperimentalWarning', // type stripping
  '--disable-warning=TimeoutNegativeWarning', // kafkajs on Node 24
  '--enable-experimental-regexp-engine-on-excessive-backtracks', // patterns of profiles stay linear
  '--retain-maps-for-n-gc=100', // shapes of resources, so that code compiled for them outlives a collection that met none: V8 keeps them for 2
  '--no-memory-reducer-favors-memory', // nor a collection while the process waits, which by default forgets all shapes
  '--no-parallel-scavenge', // threads that help to collect a nursery take a quarter more CPU than they save
];

/** `assay check` parses and forgets: a nursery of a quarter of V8’s size, for each of its threads, costs one thread no more CPU and stays in the processor’s caches; with an eighth a resource takes nearly a fifth more. MiB. */
export const flagsOf = { check: ['--max-semi-space-size=4'] };

const own = (of, command) => (Object.hasOwn(of, command ?? '') ? of[command] : undefined);

/** Where Node keeps modules compiled, types stripped: half the time to a command's first line. Without leave to write there it keeps none. */
const compiled = fileURLToPath(new URL('../node_modules/.cache/assay', import.meta.url));

/** The path of a Node 24: npm's package `node`, or the one that runs us. undefined: neither is. */
export function findNode24() {
  const package_ = findPackage();
  const program = package_ && join(package_, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (program && existsSync(program)) return program;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined;
}

function findPackage() {
  try {
    return dirname(createRequire(import.meta.url).resolve('node/package.json'));
  } catch {
    return undefined;
  }
}

/** Runs a program, its command and arguments to its end, handing on signals. Resolves with its exit code. */
export function runNode24(args) {
  const program = findNode24();
  if (program === undefined) {
    console.error('npm brought no Node 24 for this machine. Allow its install script (npm config get ignore-scripts says whether), remove node_modules and run the command again; or run it with Node 24.');
    return Promise.resolve(1);
  }
  const child = spawn(program, [...flags, ...(own(flagsOf, args[1]) ?? []), ...args], {
    stdio: 'inherit',
    // glibc's arenas, one for each of many threads, held an eighth of a worker's memory.
    env: { NODE_COMPILE_CACHE: compiled, MALLOC_ARENA_MAX: '2', ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH ?? ''}` },
  });
  // A terminal's Ctrl-C reaches the child as well; it takes two within a second for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)));
    child.on('error', (error) => { console.error(`Node 24 did not start: ${error.message}`); resolve(1); });
  });
}
