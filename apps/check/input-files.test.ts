import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { bytesIn, inputFiles } from './input-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-inputs-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string | Buffer): void => writeFileSync(join(folder, name), text);

test('how much there is to check: compressed files count for what they unpack to, what is gone for nothing, what is no file for more than any', async () => {
  write('plain.ndjson', 'x'.repeat(1_000));
  write('packed.ndjson.gz', gzipSync(Buffer.alloc(50)));
  const packed = gzipSync(Buffer.alloc(50)).length;
  expect(await bytesIn(await inputFiles([join(folder, 'plain.ndjson'), join(folder, 'packed.ndjson.gz')]))).toBe(1_000 + 10 * packed);
  expect(await bytesIn([{ path: join(folder, 'gone.ndjson'), name: 'gone.ndjson' }])).toBe(0);
  expect(await bytesIn([{ path: '/dev/null', name: 'null' }])).toBe(Number.POSITIVE_INFINITY);
});
