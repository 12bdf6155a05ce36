import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildWebIfStale } from './build.ts';

test('the page is under 350 kB as it travels, and holds no script of its own text', async () => {
  const root = await buildWebIfStale();
  const assets = await readdir(join(root, 'assets'));
  const sizes = await Promise.all(assets.map(async (name) => gzipSync(await readFile(join(root, 'assets', name))).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(350_000);
  expect(await readFile(join(root, 'index.html'), 'utf8')).not.toMatch(/<script(?![^>]*\ssrc=)/);
});

test('nothing is built again while nothing changed', async () => {
  const made = (await stat(join(await buildWebIfStale(), 'index.html'))).mtimeMs;
  expect((await stat(join(await buildWebIfStale(), 'index.html'))).mtimeMs).toBe(made);
});
