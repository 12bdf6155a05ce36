import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLines, type Line } from './lines.ts';
import { ndjsonItems } from './ndjson-items.ts';

async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const size = Math.max(1, sizes[index % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
const lines = (text: string, sizes: readonly number[] = [7], from = { offset: 0, line: 1 }): Promise<Line[]> =>
  all(splitLines(cut(Buffer.from(text).subarray(from.offset), sizes), from));

test('however the bytes are cut, the lines are the same, and reading can go on behind any of them', async () => {
  const text = fc.array(fc.stringMatching(/^[{}a-zé "]{0,12}$/)).map((parts) => parts.join('\n'));
  await fc.assert(fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), async (given, sizes) => {
    const whole = await lines(given, sizes);
    expect(whole.map(({ line, bytes }) => [line, bytes.toString()]))
      .toEqual(given.split('\n').flatMap((part, index) => (part.trim() === '' ? [] : [[index + 1, part]])));
    for (const [index, { line, nextOffset }] of whole.entries()) {
      expect(await lines(given, sizes, { offset: nextOffset, line: line + 1 })).toEqual(whole.slice(index + 1));
    }
  }));
});

test('byte order marks, CRLF and blank lines are no part of a line', async () => {
  const found = await lines('\ufeff{"a":1}\r\n\r\n  \n{"b":2}\r\n');
  expect(found.map(({ line, bytes, ended }) => [line, bytes.toString(), ended])).toEqual([[1, '{"a":1}', true], [4, '{"b":2}', true]]);
});

test('a line longer than allowed is an error, and is not gathered to its end', async () => {
  await expect(all(splitLines(cut(Buffer.alloc(5_000, 'x'), [100]), { offset: 0, line: 1 }, 1_000))).rejects.toMatchObject({ code: 'ASSAY_SOURCE_LINE_TOO_LONG' });
});

test('where the bytes break off, the whole lines that came are given first', async () => {
  const breaking = async function* () { yield* cut(Buffer.from('{"a":1}\n{"b":2}\n{"c'), [3]); throw new Error('gone'); };
  const came: number[] = [];
  await expect((async () => { for await (const { line } of splitLines(breaking(), { offset: 0, line: 1 })) came.push(line); })()).rejects.toThrow('gone');
  expect(came).toEqual([1, 2]);
});

const items = (text: string) => all(ndjsonItems(cut(Buffer.from(text), [5]), { offset: 0, line: 1 }));
const outcome = (severity: string) => `{"resourceType":"OperationOutcome","issue":[{"severity":"${severity}","code":"transient"}]}`;

test.each([
  ['HTML', '\n <html><body>x</body></html>'], ['an OperationOutcome that says error', outcome('error')],
  ['JSON over several lines', '{\n  "resourceType": "OperationOutcome"\n}'], ['an array', '[\n{}]'],
])('%s is not NDJSON', async (_what, text) => {
  await expect(items(text)).rejects.toMatchObject({ code: 'ASSAY_SOURCE_NOT_NDJSON' });
});

test('an OperationOutcome among resources, or one that only informs, is skipped', async () => {
  const skips = async (text: string) => (await items(text)).map(({ skip }) => skip);
  expect(await skips(`{"resourceType":"Patient"}\n${outcome('error')}\n`)).toEqual([undefined, 'operation-outcome']);
  expect(await skips(`${outcome('error')}\n{"resourceType":"Patient"}\n`)).toEqual(['operation-outcome', undefined]);
  expect(await skips(outcome('information'))).toEqual(['operation-outcome']);
});
