// Where npm's scripts enter. Any Node from 20 on runs this file; it brings Node 24 and the rest by npm and goes on there.
// Only node: modules here: on a fresh clone nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode24 } from './apps/node24.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const inRoot = (...parts) => join(root, ...parts);
const stamp = inRoot('node_modules', '.assay-install');

function wanted() {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(inRoot(name)));
  return hash.digest('hex');
}

function installed() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()) return true;
  console.error(existsSync(stamp) ? 'Dependencies have changed: installing them' : 'Installing dependencies: a minute or two, once');
  // Not `npm ci`: it refuses a lock that lacks another platform's optional packages.
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32',
  });
  if (status === 0) writeFileSync(stamp, wanted()); // afterwards: the install may have completed the lock
  else console.error('npm install failed: see its message above, then run the command again.');
  return status === 0;
}

async function test(args) {
  const types = await runNode24([inRoot('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', root]);
  console.log(types === 0 ? 'types: no errors' : 'types: errors, see above');
  const suite = await runNode24([inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', '--root', root, ...args]);
  if (types === 0 && suite === 0) return 0;
  console.log(`npm test: FAILED (${[types !== 0 && 'types', suite !== 0 && 'tests'].filter(Boolean).join(' and ')})`);
  return 1;
}

/** bench/NAME.ts and test/proofs/NAME.ts are programs of their own. */
async function program(kind, folder, [name, ...args]) {
  const file = inRoot(folder, `${name}.ts`);
  if (name !== undefined && /^[\w-]+$/.test(name) && existsSync(file)) return runNode24([file, ...args]);
  console.error(`Usage: npm run ${kind} -- NAME; the names are the files of ${folder}/.`);
  return 2;
}

const verbs = {
  start: (args) => runNode24([inRoot('apps', 'assay.ts'), 'start', ...args]),
  assay: (args) => runNode24([inRoot('apps', 'assay.ts'), ...args]),
  test,
  prepack: () => runNode24([inRoot('apps', 'build-package.ts')]),
  bench: (args) => program('bench', 'bench', args),
  proof: (args) => program('proof', join('test', 'proofs'), args),
};

/** @returns the exit code */
export async function main(verb, args) {
  if (verb !== undefined && Object.hasOwn(verbs, verb)) return installed() ? verbs[verb](args) : 1;
  console.error(`Usage: node start.mjs ${Object.keys(verbs).join('|')}`);
  return 2;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv[2], process.argv.slice(3));
}
