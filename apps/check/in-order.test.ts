import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitionsFrom } from '../../packages/definition-store.ts';
import { loadStores } from '../../packages/load.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';
import { blockMemory, type BlockMemory } from './block-memory.ts';
import type { Block } from './blocks.ts';
import { checkBlock, type Piece } from './check.ts';
import { startCheckThreads, type CheckThreads } from './check-threads.ts';
import { formats } from './formats.ts';
import { piecesAlone, piecesInOrder } from './in-order.ts';
import type { ThreadData } from './thread-messages.ts';

const asked = { format: 'ndjson', version: '0', options: { profiles: ['http://hl7.org/fhir/StructureDefinition/nobody-has-this'] } };
let data: ThreadData;
let check: (block: Block) => Piece;
let threads: CheckThreads;
beforeAll(async () => {
  data = { stores: await loadStores(), ...asked };
  check = checkBlock(createProfileValidator({ packages: definitionsFrom(data.stores) }), formats.get(data.format)!('0'), data.options);
  threads = startCheckThreads(data, 2);
}, 60_000);
afterAll(() => threads.close());

/** Patients right and wrong, what is no JSON, and texts longer than a block, than what fits a nursery, and than what is checked with nothing else under way. */
const line = (i: number): string => (i % 97 === 0 ? '{"resourceType":' : JSON.stringify({ resourceType: 'Patient', id: `p${i}`, gender: i % 3 === 0 ? 'male' : 'm', birthDate: i % 5 === 0 ? '2020-13-01' : '2020-01-01',
  name: [{ text: 'x'.repeat(i === 700 ? 2_500_000 : i % 400 === 0 ? 600_000 : 10) }], [i % 7 === 0 ? 'colour' : 'active']: true }));
const bytesIn = (memory: BlockMemory, text: string): Uint8Array<ArrayBuffer> => {
  const bytes = Buffer.from(text), held = memory.take(bytes.length);
  bytes.copy(new Uint8Array(held));
  return new Uint8Array(held, 0, bytes.length);
};
const blocks = async function* (memory: BlockMemory): AsyncGenerator<Block> {
  for (let from = 0; from < 3_000; from += 30) {
    yield { file: 'a.ndjson', line: from + 1, whole: false, bytes: bytesIn(memory, Array.from({ length: 30 }, (_, n) => `${line(from + n)}\n`).join('')) };
  }
};

const all = async (pieces: AsyncIterable<Piece>): Promise<(Omit<Piece, 'text'> & { readonly text: string })[]> => {
  const out: (Omit<Piece, 'text'> & { readonly text: string })[] = [];
  for await (const piece of pieces) out.push({ ...piece, text: Buffer.from(piece.text).toString() });
  return out;
};

it('gives what one thread gives, in the order of the blocks, whichever thread is done first', async () => {
  const [memory, free] = [blockMemory(), new Set<ArrayBuffer>()];
  const counting: BlockMemory = {
    take: (bytes) => { const held = memory.take(bytes); free.delete(held); return held; },
    giveBack: (held) => { if (held.byteLength > 0) free.add(held); memory.giveBack(held); },
  };
  const alone = await all(piecesAlone(blocks(memory), check, memory));
  let [underWay, most] = [0, 0];
  const counted: CheckThreads = { ...threads, check: (block) => { most = Math.max(most, ++underWay); return threads.check(block).finally(() => { underWay--; }); } };
  expect(await all(piecesInOrder(blocks(counting), counted, counting))).toEqual(alone);
  expect(most).toBe(8); // four for each of two threads; never all of a file
  expect([...free].filter(({ byteLength }) => byteLength > 0).length).toBeLessThanOrEqual(9); // those, and one that is read meanwhile: used again and again, and all given back
  expect(alone.flatMap(({ text }) => text.trim().split('\n')).map((one) => (JSON.parse(one) as { line: number }).line)).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1));
  expect(new Set(alone.flatMap(({ rules }) => rules))).toContain('profile-unknown'); // the options reach the threads
}, 120_000);

it('rejects what a thread had when it ended', async () => {
  const others = startCheckThreads(data, 1);
  const block: Block = { file: '', line: 1, whole: false, bytes: bytesIn(blockMemory(), `${line(1)}\n`.repeat(50_000)) };
  await Promise.all([expect(others.check(block)).rejects.toThrow('ended'), others.close()]);
}, 60_000);
