/** `npm run proof -- population`: all of ../shared/synthea/us-core-6.1.0 through the sandbox, then each purpose's feed byte for byte. */
import { purposes } from '../../terms/purpose.ts';
import { ownServices, type OwnServices } from '../support/own-services.ts';
import { feedAgainstServed, governPopulation, populationData, type FeedCompared } from '../support/population-trial.ts';
import { startProduct } from '../support/product.ts';
import { openProof } from '../support/proof.ts';

const proof = await openProof('population');
/** What the run left is kept with the parts: the feeds can be read later. */
let services: OwnServices | undefined;
const open = async (anew: boolean): Promise<OwnServices> => (services ??= await ownServices(await proof.folder(anew)));

const { state, seconds, peak, lines, wrong, reconciliation: { received, became, balances, purposes: outcomes }, served } = await proof.step('the run', async () => {
  const product = await startProduct(await open(true), { sandbox: { data: populationData, defects: true } });
  return governPopulation(product).finally(product.stop);
});
const feeds: (FeedCompared & { readonly purpose: string })[] = [];
for (const purpose of purposes) {
  feeds.push({ purpose, ...await proof.step(`the feed ${purpose}`, async () => feedAgainstServed((await open(false)).db, purpose, served)) });
}
await services?.stop();
const said = (of: object): string => Object.entries(of).filter(([, n]) => n !== 0).map(([what, n]) => `${what} ${n}`).join(', ');
await proof.tell({
  title: 'A whole population through the sandbox, and its feeds byte for byte',
  holds: state === 'completed' && balances && received.exported === lines && Object.values(wrong).every((n) => n === 0) && feeds.every((feed) => feed.entries > 0 && feed.wrong.length === 0),
  lines: [
    `${received.exported} of ${lines} lines in ${seconds.toFixed(0)} s (${(received.exported / seconds).toFixed(0)}/s), the worker’s peak ${(peak / 2 ** 20).toFixed(0)} MiB. Received: ${said(received)}; became: ${said(became)}; ${balances ? 'it balances' : 'it does not balance'}.`, '',
    '| what must be 0 | |', '|---|---|', ...Object.entries(wrong).map(([what, n]) => `| ${what} | ${n} |`), '',
    '| feed | entries | not as served | outcomes |', '|---|---|---|---|',
    ...feeds.map((feed) => `| ${feed.purpose} | ${feed.entries} | ${feed.wrong.length} | ${said({ ...outcomes.find((one) => one.purpose === feed.purpose), purpose: 0 })} |`),
  ],
});
