import { constants } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { LocalFile } from '../../pipelines/source/files.ts';
import { linesIn } from '../../pipelines/source/lines.ts';
import { blockBytes, blockMemory } from './block-memory.ts';
import { blocksOf, inputs, wholeLines, type WholeLines } from './blocks.ts';
import { inputFiles } from './input-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-inputs-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(...paths: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const one of await inputFiles(paths.map((path) => join(folder, path)))) {
    for await (const { file, line, bytes } of inputs(one)) found.push(`${file.replace(`${folder}/`, '')}:${line} ${Buffer.from(bytes).toString()}`);
  }
  return found;
}
const write = (name: string, text: string | Buffer): void => writeFileSync(join(folder, name), text);

test('every line is an input, whatever it holds: a web page, an OperationOutcome, half a line', async () => {
  write('page.ndjson', '<html>\n\n</html>');
  write('outcome.ndjson', '{"resourceType":"OperationOutcome","issue":[{"severity":"error"}]}\n{"a"');
  expect(await read('page.ndjson')).toEqual(['page.ndjson:1 <html>', 'page.ndjson:3 </html>']);
  expect(await read('outcome.ndjson')).toEqual(['outcome.ndjson:1 {"resourceType":"OperationOutcome","issue":[{"severity":"error"}]}', 'outcome.ndjson:2 {"a"']);
});

test('a compressed file that breaks off: what came, and one more for what did not; other files go on', async () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => `{"id":"${index}-${Math.sin(index)}"}\n`).join('');
  const whole = gzipSync(lines);
  write('cut.ndjson.gz', whole.subarray(0, whole.length / 2));
  write('other.json', '\ufeff{}');
  const found = await read('cut.ndjson.gz', 'other.json');
  expect(found.length).toBeGreaterThan(500);
  expect(found.at(-2)).toMatch(/^cut\.ndjson\.gz:\d+ $/);
  expect(found.at(-1)).toBe('other.json:1 {}');
});

test('what comes through a pipe is read as a file is', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe.ndjson')]);
  createWriteStream(join(folder, 'pipe.ndjson')).end('{}\n{"a":1}\n');
  expect(await read('pipe.ndjson')).toEqual(['pipe.ndjson:1 {}', 'pipe.ndjson:2 {"a":1}']);
});

test('of one that is longer than a text can be no more is read than shows it', async () => {
  write('huge.json', '');
  truncateSync(join(folder, 'huge.json'), 3 * 1024 ** 3);
  for await (const { bytes } of inputs({ path: join(folder, 'huge.json'), name: 'huge.json' })) expect(bytes.length).toBe(constants.MAX_STRING_LENGTH + 1);
});

/** Given in pieces of these lengths; then nothing, or an error. */
const given = (bytes: Buffer, sizes: readonly number[], error?: Error): LocalFile => {
  let [at, index] = [0, 0];
  return {
    size: undefined,
    async read(into) {
      if (at === bytes.length && error !== undefined) throw error;
      const count = bytes.copy(into, 0, at, Math.min(bytes.length, at + Math.max(1, sizes[index++ % sizes.length] ?? 1)));
      at += count;
      return count;
    },
    async close() {},
  };
};

test('however it comes, blocks hold the lines in order, whole, and memory is used again; where reading breaks off, whole lines come first', async () => {
  const text = fc.array(fc.tuple(fc.constantFrom('', 'é', 'x', '{}', 'long'), fc.integer({ min: 1, max: 3 * blockBytes })), { maxLength: 12 })
    .map((parts) => parts.map(([what, length]) => (what === 'long' ? 'y'.repeat(length) : what)).join('\n'));
  const sizes = fc.array(fc.oneof(fc.integer({ min: 1_000, max: 20_000 }), fc.constant(blockBytes), fc.constant(10 * blockBytes)), { minLength: 1, maxLength: 5 });
  await fc.assert(fc.asyncProperty(text, sizes, async (given_, sizes) => {
    for (const error of [undefined, new Error('gone')]) {
      const memory = blockMemory();
      const came: (Omit<WholeLines, 'bytes'> & { bytes: Buffer })[] = [];
      const reading = (async () => {
        for await (const some of wholeLines(given(Buffer.from(given_), sizes, error), memory)) {
          came.push({ ...some, bytes: Buffer.from(some.bytes) });
          some.bytes.fill('z'); // as another block would
          memory.giveBack(some.bytes.buffer);
        }
      })();
      await (error === undefined ? reading : expect(reading).rejects.toThrow('gone'));
      const want = error === undefined ? given_ : given_.slice(0, given_.lastIndexOf('\n') + 1);
      expect(Buffer.concat(came.map(({ bytes }) => bytes)).equals(Buffer.from(want))).toBe(true);
      for (const [index, { bytes, line, nextLine }] of came.entries()) {
        const ended = [...linesIn({ bytes, line, offset: 0 })].every(({ ended }) => ended);
        expect([ended || index === came.length - 1, line]).toEqual([true, came[index - 1]?.nextLine ?? 1]);
        expect(nextLine).toBe(line + bytes.filter((byte) => byte === 10).length);
      }
    }
  }), { numRuns: 60 });
});

test('a file of short lines is read in the same two memories, over and over', async () => {
  write('many.ndjson', '{"a":1}\n'.repeat(500_000));
  const [memory, seen] = [blockMemory(), new Set<ArrayBuffer>()];
  let blocks = 0;
  for await (const { bytes } of blocksOf({ path: join(folder, 'many.ndjson'), name: 'many.ndjson' }, memory)) {
    blocks++;
    seen.add(bytes.buffer);
    memory.giveBack(bytes.buffer);
  }
  expect([blocks > 5, seen.size]).toEqual([true, 2]);
});

test('a line longer than allowed is an error, with its number, and is not gathered to its end', async () => {
  const endless: LocalFile = { ...given(Buffer.alloc(0), [1]), read: async (into) => into.fill(120).length };
  const [memory, all] = [blockMemory(), async (from: LocalFile) => { for await (const { bytes } of wholeLines(from, memory, 1_000_000)) memory.giveBack(bytes.buffer); }];
  await expect(all(endless)).rejects.toMatchObject({ code: 'ASSAY_SOURCE_LINE_TOO_LONG', detail: 'line 1, more than 1000000 bytes' });
  await expect(all(given(Buffer.from(`{}\n{}\n${'x'.repeat(2_000_000)}\n`), [blockBytes]))).rejects.toMatchObject({ detail: 'line 3, more than 1000000 bytes' });
});
