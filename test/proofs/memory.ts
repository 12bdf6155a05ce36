/**
 * `npm run proof -- memory [TIMES]`: the peak memory (VmHWM of proc(5)) of the worker, and of `assay check --integrity`,
 * for the sandbox's sample and for ten times it must differ by 1.3 at most.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sampleFolders } from '../../sandbox/server.ts';
import { measuredCheck } from '../support/measured-check.ts';
import { ownServices } from '../support/own-services.ts';
import { startProduct } from '../support/product.ts';
import { openProof } from '../support/proof.ts';
import { makeScratch } from '../support/scratch.ts';

const proof = await openProof('memory');
const [times] = proof.numbers(10);
const ALLOWED = 1.3;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The sample that often, each copy with ids of its own: more patients, none of them bigger. */
async function copies(count: number, folder: string): Promise<void> {
  for (const name of await readdir(sampleFolders[0])) {
    if (!name.endsWith('.ndjson.gz')) continue;
    const text = gunzipSync(await readFile(join(sampleFolders[0], name))).toString('utf8');
    const all = Array.from({ length: count }, (_, copy) => copy === 0 ? text : text.replace(UUID, (id) => id.slice(0, -3) + copy.toString(16).padStart(3, '0')));
    await writeFile(join(folder, name), gzipSync(all.join('')));
  }
}

type Measured = { readonly copies: number; readonly resources: number; readonly seconds: number; readonly peak: number; readonly balances: boolean };

async function measure(count: number): Promise<Measured> {
  const folder = await makeScratch('copies');
  const services = await ownServices();
  try {
    await copies(count, folder.path);
    const product = await startProduct(services, { sandbox: { data: folder.path, defects: true } });
    try {
      const began = performance.now();
      const { run } = await product.run();
      const { received, balances } = await product.reconciled(run);
      return { copies: count, resources: received.exported, seconds: (performance.now() - began) / 1000, peak: await product.worker.peak(), balances };
    } finally {
      await product.stop();
    }
  } finally {
    await services.stop();
    await folder.remove();
  }
}

/** The same files as one population, without services. */
async function check(count: number): Promise<ReturnType<typeof measuredCheck>> {
  const folder = await makeScratch('copies');
  try {
    await copies(count, folder.path);
    return measuredCheck(['--integrity', '--format', 'ndjson', folder.path], folder.path);
  } finally {
    await folder.remove();
  }
}

const measured: Measured[] = [];
for (const count of [1, times]) measured.push(await proof.step(`${count} times the sample`, () => measure(count)));
const ratio = measured[1]!.peak / measured[0]!.peak;
const [one, many] = [await proof.step('the sample checked', () => check(1)), await proof.step(`${times} times the sample checked`, () => check(times))];
const checkRatio = many.megabytes / one.megabytes;
await proof.tell({
  title: `Peak memory for ${times} times the data`,
  holds: Math.max(ratio, checkRatio) <= ALLOWED && measured.every(({ balances }) => balances),
  lines: [
    '| copies of the sample | resources | seconds | worker’s peak, MiB | balances |', '|---|---|---|---|---|',
    ...measured.map((one) => `| ${one.copies} | ${one.resources} | ${one.seconds.toFixed(0)} | ${(one.peak / 2 ** 20).toFixed(0)} | ${one.balances ? 'yes' : 'no'} |`), '',
    `Ratio ${ratio.toFixed(2)}; at most ${ALLOWED} is allowed.`, '',
    '| `assay check --integrity` of so many copies | seconds | peak, MB |', '|---|---|---|',
    ...[one, many].map(({ seconds, megabytes }, at) => `| ${[1, times][at]} | ${seconds.toFixed(0)} | ${megabytes.toFixed(0)} |`), '',
    `Ratio ${checkRatio.toFixed(2)}; the same is allowed.`,
  ],
});
