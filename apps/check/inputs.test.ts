import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { bytesIn, inputFiles, inputs } from './inputs.ts';

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

test('how much there is to check: compressed files count for what they unpack to, what is gone for nothing, what is no file for more than any', async () => {
  write('plain.ndjson', 'x'.repeat(1_000));
  write('packed.ndjson.gz', gzipSync(Buffer.alloc(50)));
  const packed = gzipSync(Buffer.alloc(50)).length;
  expect(await bytesIn(await inputFiles([join(folder, 'plain.ndjson'), join(folder, 'packed.ndjson.gz')]))).toBe(1_000 + 10 * packed);
  expect(await bytesIn([{ path: join(folder, 'gone.ndjson'), name: 'gone.ndjson' }])).toBe(0);
  expect(await bytesIn([{ path: '/dev/null', name: 'null' }])).toBe(Number.POSITIVE_INFINITY);
});
