/** A process of threads.ts: `file threads package…`; asked, it checks the file once and answers with resources a second. */
import { blockMemory } from '../../apps/check/block-memory.ts';
import { blocksOf } from '../../apps/check/blocks.ts';
import { checkBlock, type Piece } from '../../apps/check/check.ts';
import { startCheckThreads } from '../../apps/check/check-threads.ts';
import { formats } from '../../apps/check/formats.ts';
import { piecesAlone, piecesInOrder } from '../../apps/check/in-order.ts';
import { definitionsFrom, inSharedMemory } from '../../packages/definition-store.ts';
import { defaultCacheDir, loadStores } from '../../packages/load.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';

const [path = '', threads = '1', ...packages] = process.argv.slice(2);
const [format, version, options] = ['text', '0', {}];
const stores = (await loadStores(packages, { cacheDir: process.env['ASSAY_CACHE'] ?? defaultCacheDir() })).map(inSharedMemory);
const check = checkBlock(createProfileValidator({ packages: definitionsFrom(stores) }), formats.get(format)!(version), options);
const pool = threads === '1' ? undefined : startCheckThreads({ stores, format, version, options }, Number(threads));
const memory = blockMemory();
const pieces = (): AsyncIterable<Piece> => {
  const blocks = blocksOf({ path, name: 'a.ndjson' }, memory);
  return pool ? piecesInOrder(blocks, pool, memory) : piecesAlone(blocks, check, memory);
};

process.on('message', async () => {
  const [began, before] = [performance.now(), process.cpuUsage()];
  let checked = 0;
  for await (const { totals } of pieces()) checked += totals.resources;
  const [ms, { user, system }] = [performance.now() - began, process.cpuUsage(before)];
  process.send!({ checked, rate: checked / ms * 1000, cores: (user + system) / 1000 / ms } satisfies Pass);
});
process.send!('ready');

/** Resources a second by the clock, and how many cores were at work. */
export type Pass = { readonly checked: number; readonly rate: number; readonly cores: number };
