/** `npm run proof -- ledger [COUNT] [SEED]`: random tamperings, and honest histories with crashes in them, in parts of 20. */
import { honestTrial, tamperTrial, type FreshDatabase, type HonestTrial, type TamperTrial } from '../support/ledger-trial.ts';
import { freshDatabases } from '../support/fresh-databases.ts';
import { openProof } from '../support/proof.ts';

const PART = 20;
const proof = await openProof('ledger');
const [count, seed] = proof.numbers(200, 1);
const { fresh, stop } = await freshDatabases();

/** A trial of the count, in parts with a seed each. */
async function inParts<T>(what: string, trial: (fresh: FreshDatabase, count: number, seed: number) => Promise<T>): Promise<T[]> {
  const parts: T[] = [];
  for (let at = 0; at < count; at += PART) {
    parts.push(await proof.step(`${what} from ${at + 1}`, () => trial(fresh, Math.min(PART, count - at), seed + at)));
  }
  return parts;
}
const tampered = await inParts<TamperTrial>('tamperings', tamperTrial);
const honest = await inParts<HonestTrial>('honest histories', honestTrial);
await stop();
const [missed, alarms] = [tampered.flatMap((one) => one.missed), honest.flatMap((one) => one.alarms)];
const sum = (figures: readonly number[]): number => figures.reduce((total, one) => total + one, 0);
await proof.tell({
  title: 'The ledger: tamperings and honest histories',
  holds: missed.length === 0 && alarms.length === 0,
  lines: [
    '| | |', '|---|---|',
    `| random tamperings by the database’s owner | ${sum(tampered.map((one) => one.tried))} |`, `| of these missed, or not named by table and row | ${missed.length} |`,
    `| honest random histories | ${sum(honest.map((one) => one.histories))} |`, `| steps of them cut short by a crash | ${sum(honest.map((one) => one.crashes))} |`, `| alarms on them | ${alarms.length} |`,
    ...missed.map((one) => `\n- missed: ${one}`), ...alarms.map((one) => `\n- alarm: ${one.says}`),
  ],
});
