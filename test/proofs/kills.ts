/** `npm run proof -- kills [COUNT] [SEED]`: kill -9 of the worker and of PostgreSQL; its result is written to docs/proof/kills.md. */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { killTrial } from '../support/kill-trial.ts';

const [count = 100, seed = 1] = process.argv.slice(2).map(Number);
const trial = await killTrial(count, seed, (line) => process.stderr.write(`${line}\n`));
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const good = trial.runs.every(({ state, balances }) => state === 'completed' && balances) && Object.values(trial.wrong).every((n) => n === 0);
const text = [
  `# ${count} times kill -9`, '',
  `${new Date().toISOString().slice(0, 10)}, commit ${commit}, seed ${seed}, ${trial.seconds} s. \`npm run proof -- kills ${count} ${seed}\``, '',
  `Killed: the worker ${trial.killed.worker} times, PostgreSQL ${trial.killed.postgres} times.`, '',
  '| run | state | balances | kills |', '|---|---|---|---|',
  ...trial.runs.map(({ run, state, balances, kills }) => `| ${run} | ${state} | ${balances ? 'yes' : 'no'} | ${kills} |`), '',
  '| phase | kills |', '|---|---|', ...Object.entries(trial.phases).map(([phase, n]) => `| ${phase} | ${n} |`), '',
  '| what must be 0 | |', '|---|---|', ...Object.entries(trial.wrong).map(([what, n]) => `| ${what} | ${n} |`), '',
].join('\n');
const folder = join(import.meta.dirname, '..', '..', 'docs', 'proof');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'kills.md'), text);
console.log(text);
process.exitCode = good ? 0 : 1;
