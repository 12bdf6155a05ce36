/** `npm run proof -- decisions [COUNT]`: kill -9 of the worker and of the API in each step of a decision and of its reversal, so many times over, each round on servers of its own. */
import { decisionKills, type KilledStep } from '../support/decision-kills.ts';
import { ownServices } from '../support/own-services.ts';
import { openProof } from '../support/proof.ts';

const proof = await openProof('decisions');
const [count] = proof.numbers(10);
const rounds: KilledStep[][] = [];
for (let made = 0; made < count; made++) {
  rounds.push(await proof.step(`round ${made + 1}`, async () => {
    const services = await ownServices();
    return decisionKills(services, (line) => process.stderr.write(`${line}\n`)).finally(services.stop);
  }));
}
const steps = [...Map.groupBy(rounds.flat(), ({ step }) => step)];
await proof.tell({
  title: 'Killed while deciding',
  holds: rounds.every((round) => round.length > 0 && round.every(({ wrong }) => wrong.length === 0)),
  lines: [
    'kill -9 of the worker or of the API in each step. Then each case must be decided once, in effect once, each record released once for each purpose, and taken back once where it was reversed; no act without an answer, no gap among the case’s events.', '',
    '| killed | times | otherwise than it must be |', '|---|---|---|',
    ...steps.map(([step, all]) => `| ${step} | ${all.length} | ${all.flatMap(({ wrong }) => wrong).join('; ') || 'never'} |`),
  ],
});
