/**
 * `npm run proof -- kills [COUNT] [SEED]`: kill -9 of the worker and of PostgreSQL in every phase of runs, in rounds of
 * 20, each on servers of its own. Ended in between, it goes on with the next round. The result: docs/proof/kills.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { killTrial, type KillTrial } from '../support/kill-trial.ts';

const ROUND = 20;
const [count = 100, seed = 1] = process.argv.slice(2).map(Number);
const root = join(import.meta.dirname, '..', '..');
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
// Rounds of another commit prove nothing of this one.
const kept = join(root, '.assay', `proof-kills-${count}-${seed}-${commit}.json`);
await mkdir(join(root, '.assay'), { recursive: true });

const rounds: KillTrial[] = await readFile(kept, 'utf8').then((text) => JSON.parse(text) as KillTrial[], () => []);
for (let made = rounds.length * ROUND; made < count; made += ROUND) {
  process.stderr.write(`round ${rounds.length + 1}\n`);
  rounds.push(await killTrial(Math.min(ROUND, count - made), seed + rounds.length, (line) => process.stderr.write(`${line}\n`)));
  await writeFile(kept, JSON.stringify(rounds));
}

const runs = rounds.flatMap((round, place) => round.runs.map((run) => ({ ...run, run: `${place + 1}.${run.run}` })));
const sums = (of: readonly Readonly<Record<string, number>>[]): [string, number][] =>
  Object.keys(of[0] ?? {}).map((name) => [name, of.reduce((sum, one) => sum + (one[name] ?? 0), 0)]);
const wrong = sums(rounds.map((round) => round.wrong));
const good = runs.every(({ state, balances }) => state === 'completed' && balances) && wrong.every(([, n]) => n === 0);
const killed = new Map(sums(rounds.map((round) => round.killed)));
const text = [
  `# ${count} times kill -9`, '',
  `${new Date().toISOString().slice(0, 10)}, commit ${commit}, seeds from ${seed}, ${rounds.reduce((sum, round) => sum + round.seconds, 0)} s. \`npm run proof -- kills ${count} ${seed}\``, '',
  `Killed: the worker ${killed.get('worker')} times, PostgreSQL ${killed.get('postgres')} times, in ${rounds.length} rounds, each on servers of its own. ${good ? 'Holds' : 'Does not hold'}.`, '',
  '| round and run | state | balances | kills |', '|---|---|---|---|',
  ...runs.map(({ run, state, balances, kills }) => `| ${run} | ${state} | ${balances ? 'yes' : 'no'} | ${kills} |`), '',
  '| phase | kills |', '|---|---|', ...sums(rounds.map((round) => round.phases)).map(([phase, n]) => `| ${phase} | ${n} |`), '',
  '| what must be 0 | |', '|---|---|', ...wrong.map(([what, n]) => `| ${what} | ${n} |`), '',
].join('\n');
const folder = join(root, 'docs', 'proof');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'kills.md'), text);
await rm(kept);
console.log(text);
process.exitCode = good ? 0 : 1;
