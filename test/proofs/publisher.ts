/** `npm run proof -- publisher [COUNT] [SEED]`: so many kill -9 of the publisher and the broker in rounds of 20, and a minute without Kafka. */
import { startKafkaBroker } from '../support/kafka-broker.ts';
import { freshDatabases } from '../support/fresh-databases.ts';
import { openProof } from '../support/proof.ts';
import { publisherTrial, type PublisherTrial } from '../support/publisher-trial.ts';

const [ROUND, OUTAGE_MS] = [20, 60_000];
const proof = await openProof('publisher');
const [count, seed] = proof.numbers(100, 1);
const { fresh, stop } = await freshDatabases();

async function trial<T>(round: number, make: (trial: PublisherTrial) => Promise<T>): Promise<T> {
  const [{ db, url, drop }, broker] = [await fresh(), await startKafkaBroker()];
  return make(await publisherTrial({ db, url, broker, seed: seed + round })).finally(async () => { await broker.stop(); await drop(); });
}

const rows: { readonly what: string; readonly entries: number; readonly wrong: number }[] = [];
for (let made = 0; made < count; made += ROUND) {
  const kills = Math.min(ROUND, count - made);
  rows.push({ what: `${kills} times kill -9`, ...await proof.step(`round ${rows.length + 1}`, () => trial(made, (one) => one.kills(kills))) });
}
const outage = await proof.step('without Kafka', () => trial(count, (one) => one.outage(OUTAGE_MS)));
await stop();
rows.push({ what: `${OUTAGE_MS / 1000} s without Kafka; the publisher ${outage.running ? 'waited' : 'ended'}`, ...outage });
await proof.tell({
  title: 'The publisher and the broker killed; a minute without Kafka',
  holds: outage.running && rows.every(({ entries, wrong }) => entries > 0 && wrong === 0),
  lines: [
    'Two kills of three are the publisher’s, one the broker’s, while entries are released. Then a read_committed reader must find each entry once, in each resource’s order, with its bytes.', '',
    '| | entries released | of these missing, twice, out of order or with other bytes |', '|---|---|---|',
    ...rows.map(({ what, entries, wrong }) => `| ${what} | ${entries} | ${wrong} |`),
  ],
});
