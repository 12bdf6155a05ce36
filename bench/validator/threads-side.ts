/** A process of threads.ts: `set threads package…`; asked, it checks the set's lines over and over once and answers with resources a second. */
import { checkBlock, type Piece } from '../../apps/check/check.ts';
import { startCheckThreads } from '../../apps/check/check-threads.ts';
import { formats } from '../../apps/check/formats.ts';
import { piecesAlone, piecesInOrder } from '../../apps/check/in-order.ts';
import { blockBytes, type Block } from '../../apps/check/inputs.ts';
import { definitionsFrom, inSharedMemory } from '../../packages/definition-store.ts';
import { defaultCacheDir, loadStores } from '../../packages/load.ts';
import { wholeLines } from '../../pipelines/source/lines.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';
import { linesOf } from './lines.ts';

const [name = '', threads = '1', ...packages] = process.argv.slice(2);
const [format, version, options] = ['text', '0', {}];
const lines = linesOf(name);
const stores = (await loadStores(packages, { cacheDir: process.env['ASSAY_CACHE'] ?? defaultCacheDir() })).map(inSharedMemory);
const check = checkBlock(createProfileValidator({ packages: definitionsFrom(stores) }), formats.get(format)!(version), options);
const pool = threads === '1' ? undefined : startCheckThreads({ stores, format, version, options }, Number(threads));
const pieces = (): AsyncIterable<Piece> => pool ? piecesInOrder(blocks(), pool) : piecesAlone(blocks(), check);

/** Long enough that the last blocks, done by one while the other has none, count little. */
const times = Math.ceil(40_000 / lines.length);
const set = Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Buffer.from('\n')]));
/** As a file gives them: each chunk in memory of its own. */
const chunks = async function* (): AsyncGenerator<Buffer> {
  const size = set.length * times;
  for (let at = 0, end = 0; at < size; at = end) {
    end = Math.min(at + 262_144, size);
    const chunk = Buffer.allocUnsafeSlow(end - at);
    for (let to = 0; to < chunk.length;) to += set.copy(chunk, to, (at + to) % set.length);
    yield chunk;
  }
};
const blocks = async function* (): AsyncGenerator<Block> {
  for await (const { bytes, line } of wholeLines(chunks(), { offset: 0, line: 1 }, blockBytes)) yield { file: 'a.ndjson', line, bytes, whole: false };
};

process.on('message', async () => {
  const [began, before] = [performance.now(), process.cpuUsage()];
  let checked = 0;
  for await (const { totals, text } of pieces()) {
    checked += totals.resources;
    if (typeof text === 'string') Buffer.from(text); // as its writer does; threads give bytes
  }
  if (checked !== lines.length * times) throw new Error(`${checked} of ${lines.length * times} were checked`);
  const [ms, { user, system }] = [performance.now() - began, process.cpuUsage(before)];
  process.send!({ rate: checked / ms * 1000, cores: (user + system) / 1000 / ms } satisfies Pass);
});
process.send!('ready');

/** Resources a second by the clock, and how many cores were at work. */
export type Pass = { readonly rate: number; readonly cores: number };
