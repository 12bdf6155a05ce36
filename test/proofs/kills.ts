/**
 * `npm run proof -- kills [COUNT] [SEED]`: kill -9 of the worker, of PostgreSQL and of the Kafka broker in every phase of runs,
 * in rounds of 20, each on servers of its own.
 */
import { killTrial, type KillTrial } from '../support/kill-trial.ts';
import { openProof, sums } from '../support/proof.ts';

const ROUND = 20;
const proof = await openProof('kills');
const [count, seed] = proof.numbers(100, 1);
const tell = (line: string): void => { process.stderr.write(`${line}\n`); };
const rounds: KillTrial[] = [];
for (let made = 0; made < count; made += ROUND) {
  rounds.push(await proof.step(`round ${rounds.length + 1}`, () => killTrial(Math.min(ROUND, count - made), seed + rounds.length, { kafka: true, tell })));
}
const runs = rounds.flatMap((round, place) => round.runs.map((run) => ({ ...run, run: `${place + 1}.${run.run}` })));
const wrong = sums(rounds.map((round) => round.wrong));
const killed = new Map(sums(rounds.map((round) => round.killed)));
await proof.tell({
  title: `${count} times kill -9`,
  holds: runs.every(({ state, balances }) => state === 'completed' && balances) && wrong.every(([, n]) => n === 0),
  lines: [
    `Killed: the worker ${killed.get('worker')} times, PostgreSQL ${killed.get('postgres')} times, the Kafka broker ${killed.get('kafka')} times, in ${rounds.length} rounds with seeds from ${seed}, each on servers of its own. After each run the ledger was verified, as \`assay audit verify\` does it.`, '',
    '| round and run | state | balances | kills | leaves verified |', '|---|---|---|---|---|',
    ...runs.map(({ run, state, balances, kills, leaves }) => `| ${run} | ${state} | ${balances ? 'yes' : 'no'} | ${kills} | ${leaves} |`), '',
    '| phase | kills |', '|---|---|', ...sums(rounds.map((round) => round.phases)).map(([phase, n]) => `| ${phase} | ${n} |`), '',
    '| what must be 0 | |', '|---|---|', ...wrong.map(([what, n]) => `| ${what} | ${n} |`),
    ...runs.flatMap(({ run, troubles }) => troubles.map((says) => `\n- ${run}: ${says}`)),
  ],
});
