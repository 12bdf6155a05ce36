import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { longList, longText, measuredCheck } from '../support/measured-check.ts';
import { scratch } from '../support/scratch.ts';

// The shortest line to which 12 times its length leaves the 300 MB that lines up to 1 MB may take.
const size = 25e6;

test.for([['small elements', longList(size)], ['one text', longText(size)]] as const)('a line of 25 MB, %s: 12 times its length at most', { timeout: 120_000 }, async ([, line]) => {
  const folder = await scratch('check-memory');
  const file = join(folder, 'one.ndjson');
  await writeFile(file, `${line}\n`);
  const { megabytes } = measuredCheck(['--json', file], folder);
  expect(megabytes).toBeGreaterThan(line.length / 1e6);
  expect(megabytes).toBeLessThan(12 * line.length / 1e6);
});
