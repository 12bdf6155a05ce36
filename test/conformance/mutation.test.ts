import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Of the mutants that one run in this many looks at, tables of cases alone must notice so many; the whole count is `npm run proof -- mutation`. */
const every = 6;
const least = 0.95;

// A process of its own: modules are replaced while it runs.
test('a rule whose condition is broken fails its tests', () => {
  const said = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', 'proofs', 'mutation.ts'), '--every', String(every)], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  console.log(said);
  const [, noticed = 0, all = 0] = /\*\*(\d+) of (\d+) noticed/.exec(said)?.map(Number) ?? [];
  expect(all).toBeGreaterThan(150);
  expect(noticed / all).toBeGreaterThanOrEqual(least);
}, 120_000);
