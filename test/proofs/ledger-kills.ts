/** `npm run proof -- ledger-kills [COUNT] [SEED]`: kill -9 of the stages, the sequencer, the API and PostgreSQL under load, in rounds of 20. */
import { ledgerKills, type LedgerKills } from '../support/ledger-kills.ts';
import { openProof, sums } from '../support/proof.ts';

const ROUND = 20;
const proof = await openProof('ledger-kills');
const [count, seed] = proof.numbers(100, 1);
const rounds: LedgerKills[] = [];
for (let made = 0; made < count; made += ROUND) {
  rounds.push(await proof.step(`round ${rounds.length + 1}`, () => ledgerKills(Math.min(ROUND, count - made), seed + rounds.length, (line) => process.stderr.write(`${line}\n`))));
}
const troubles = rounds.flatMap((round) => round.troubles);
await proof.tell({
  title: `${count} times kill -9 of what keeps the ledger`,
  holds: troubles.length === 0 && rounds.every((round) => round.waiting === 0),
  lines: [
    `Stages, sequencer, API and PostgreSQL work at once and are killed in turn at random moments, in ${rounds.length} rounds with seeds from ${seed}, each on a PostgreSQL of its own. Between two kills something was released and became a leaf. After each round the log is verified against the facts and against every checkpoint that was anchored.`, '',
    '| killed | times |', '|---|---|', ...sums(rounds.map((round) => round.killed)).map(([what, n]) => `| ${what} | ${n} |`), '',
    '| round | leaves | checkpoints anchored | ranges consumed | events that are no leaf | troubles |', '|---|---|---|---|---|---|',
    ...rounds.map((round, n) => `| ${n + 1} | ${round.leaves} | ${round.checkpoints} | ${round.consumed} | ${round.waiting} | ${round.troubles.length} |`),
    ...troubles.map((says) => `\n- ${says}`),
  ],
});
