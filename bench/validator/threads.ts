import { checkBlock } from '../../apps/check/check.ts';
import { startCheckThreads, type CheckThreads } from '../../apps/check/check-threads.ts';
import { formats } from '../../apps/check/formats.ts';
import { piecesInOrder } from '../../apps/check/in-order.ts';
import { blockBytes, type Block } from '../../apps/check/inputs.ts';
import type { Store } from '../../packages/definition-store.ts';
import { wholeLines } from '../../pipelines/source/lines.ts';
import type { ProfileValidator } from '../../validators/profile/validator.ts';
import { median, type Line } from './lines.ts';
import { machineCeiling } from './machine-ceiling.ts';

const none: CheckThreads = { offer: () => undefined, close: async () => {} };
const [format, version, options] = ['text', '0', {}];

/** What `assay check` does between reading and writing, by the clock: one thread and two (this one and another), taking turns. */
export const oneAndTwo = async (validator: ProfileValidator, stores: readonly Store[], lines: readonly Line[], passes: number): Promise<{ one: number; two: number; ratio: number; 'the machine lets have': number }> => {
  const threads = startCheckThreads({ stores, format, version, options }, 1);
  const check = checkBlock(validator, formats.get(format)!(version), options);
  /** Long enough that the last blocks, done by one while the other has none, count little. */
  const times = Math.ceil(40_000 / lines.length);
  const bytes = Buffer.concat(Array.from({ length: times }, () => lines.flatMap((line) => [line.bytes, Buffer.from('\n')])).flat());
  /** As a file gives them. */
  const chunks = async function* (): AsyncGenerator<Buffer> { for (let at = 0; at < bytes.length; at += 262_144) yield bytes.subarray(at, at + 262_144); };
  const blocks = async function* (): AsyncGenerator<Block> {
    for await (const { bytes, line } of wholeLines(chunks(), { offset: 0, line: 1 }, blockBytes)) yield { file: 'a.ndjson', line, bytes, whole: false };
  };
  const pass = async (with_: CheckThreads): Promise<number> => {
    const began = performance.now();
    let n = 0;
    for await (const { totals } of piecesInOrder(blocks(), check, with_)) n += totals.resources;
    if (n !== lines.length * times) throw new Error(`${n} of ${lines.length * times} were checked`);
    return performance.now() - began;
  };
  const took: { one: number[]; two: number[] } = { one: [], two: [] };
  for (let i = 0; i < passes + 4; i++) {
    const [one, two] = [await pass(none), await pass(threads)];
    if (i >= 4) { took.one.push(one); took.two.push(two); } // the other thread starts and compiles in its first four
  }
  await threads.close();
  const rate = (ms: readonly number[]): number => Math.round(lines.length * times / median(ms) * 1000);
  return { one: rate(took.one), two: rate(took.two), ratio: median(took.one.map((one, i) => one / took.two[i]!)), 'the machine lets have': await machineCeiling(lines, passes) };
};
