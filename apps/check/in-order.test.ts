import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitionsFrom } from '../../packages/definition-store.ts';
import { loadStores } from '../../packages/load.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';
import { checkBlock, type Piece } from './check.ts';
import { startCheckThreads, type CheckThreads } from './check-threads.ts';
import { formats } from './formats.ts';
import { piecesInOrder } from './in-order.ts';
import type { Block } from './inputs.ts';
import type { ThreadData } from './thread-messages.ts';

const none: CheckThreads = { offer: () => undefined, close: async () => {} };
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

/** Patients right and wrong, what is no JSON, and texts longer than a block and than what is checked alone. */
const line = (i: number): string => (i % 97 === 0 ? '{"resourceType":' : JSON.stringify({ resourceType: 'Patient', id: `p${i}`, gender: i % 3 === 0 ? 'male' : 'm', birthDate: i % 5 === 0 ? '2020-13-01' : '2020-01-01',
  name: [{ text: 'x'.repeat(i === 700 ? 1_200_000 : i % 400 === 0 ? 300_000 : 10) }], [i % 7 === 0 ? 'colour' : 'active']: true }));
const blocks = async function* (): AsyncGenerator<Block> {
  for (let from = 0; from < 3_000; from += 30) {
    yield { file: 'a.ndjson', line: from + 1, whole: false, bytes: Buffer.from(Array.from({ length: 30 }, (_, n) => `${line(from + n)}\n`).join('')) };
  }
};

const all = async (others: CheckThreads): Promise<Piece[]> => {
  const out: Piece[] = [];
  for await (const piece of piecesInOrder(blocks(), check, others)) out.push({ ...piece, text: Buffer.from(piece.text).toString() });
  return out;
};

it('gives what one thread gives, in the order of the blocks, whatever the threads do first', async () => {
  let byThreads = 0;
  const counted: CheckThreads = { ...threads, offer: (block) => { const piece = threads.offer(block); if (piece !== undefined) byThreads++; return piece; } };
  const alone = await all(none);
  let together = await all(counted); // in the first of these they start
  for (let tries = 0; byThreads < 5 && tries < 50; tries++) together = await all(counted);
  expect(byThreads).toBeGreaterThanOrEqual(5);
  expect(together).toEqual(alone);
  expect(alone.flatMap(({ text }) => (text as string).trim().split('\n')).map((one) => (JSON.parse(one) as { line: number }).line)).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1));
  expect(new Set(alone.flatMap(({ rules }) => rules))).toContain('profile-unknown'); // the options reach the threads
}, 120_000);

it('rejects what a thread had when it ended', async () => {
  const others = startCheckThreads(data, 1);
  const block: Block = { file: '', line: 1, whole: false, bytes: Buffer.from(`${line(1)}\n`.repeat(50_000)) };
  let lost = others.offer(block);
  while (lost === undefined) { await new Promise((resolve) => setTimeout(resolve, 20)); lost = others.offer(block); }
  await Promise.all([expect(lost).rejects.toThrow('ended'), others.close()]);
}, 60_000);
