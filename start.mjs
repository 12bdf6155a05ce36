// Where npm's scripts enter. Any Node from 20 on runs this file; it brings Node 24 and the rest by npm and goes on there.
// Only node: modules here: on a fresh clone nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const inRoot = (...parts) => join(root, ...parts);
const stamp = inRoot('node_modules', '.assay-install');

/** vitest.config.ts gives its workers the same. */
const flags = [
  '--disable-warning=ExperimentalWarning', // type stripping
  '--disable-warning=TimeoutNegativeWarning', // kafkajs on Node 24
  '--enable-experimental-regexp-engine-on-excessive-backtracks', // patterns of profiles stay linear
];

function wanted() {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(inRoot(name)));
  return hash.digest('hex');
}

function install() {
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (installed === wanted()) return;
  console.error('Installing dependencies (a minute or two, once)');
  // Not `npm ci`: it refuses a lock that lacks another platform's optional packages.
  const result = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32',
  });
  if (result.status !== 0) fail('npm install failed: see its message above, then run the command again.');
  writeFileSync(stamp, wanted()); // after the install, which may have completed the lock
}

function node24() {
  const program = inRoot('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) {
    fail('npm brought no Node 24 for this machine: allow install scripts (npm config get ignore-scripts), remove node_modules and run the command again.');
  }
  return program;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Runs Node 24 to its end, handing on signals; resolves with its exit code. */
function run(args, env = {}) {
  const child = spawn(node24(), [...flags, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env, PATH: `${dirname(node24())}:${process.env.PATH ?? ''}` },
  });
  // Ctrl-C reaches the child from the terminal too; it takes the second as the first.
  const handOn = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, handOn);
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)));
    child.on('error', (error) => fail(`Node 24 did not start: ${error.message}`));
  });
}

async function test(args) {
  const types = await run([inRoot('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', root]);
  console.log(types === 0 ? 'types: no errors' : 'types: errors, see above');
  const suite = await run([inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', '--root', root, ...args]);
  const passed = types === 0 && suite === 0;
  console.log(passed ? 'npm test: passed' : `npm test: FAILED (${[types !== 0 && 'types', suite !== 0 && 'tests'].filter(Boolean).join(' and ')})`);
  return passed ? 0 : 1;
}

/** bench/<name>.ts and test/proofs/<name>.ts: programs of their own. */
async function program(folder, kind, [name, ...args]) {
  const file = inRoot(folder, `${name}.ts`);
  if (name === undefined || !/^[\w-]+$/.test(name) || !existsSync(file)) {
    console.error(`Which ${kind}? Usage: npm run ${kind} -- NAME; the names are the files of ${folder}/.`);
    return 2;
  }
  return run([file, ...args]);
}

const [verb, ...args] = process.argv.slice(2);
const verbs = {
  start: () => run([inRoot('apps', 'assay.ts'), 'start', ...args]),
  assay: () => run([inRoot('apps', 'assay.ts'), ...args]),
  test: () => test(args),
  bench: () => program('bench', 'bench', args),
  proof: () => program(join('test', 'proofs'), 'proof', args),
};
if (!Object.hasOwn(verbs, verb ?? '')) fail(`Usage: node start.mjs ${Object.keys(verbs).join('|')}`);
install();
process.exitCode = await verbs[verb]();
