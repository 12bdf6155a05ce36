import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cleanPage, countClean } from '../../docs/integrity-on-clean.ts';
import { sampleFolders } from '../../sandbox/server.ts';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared', 'synthea');
const coded = { title: 'the coded population', folder: sampleFolders[1] };

test('nothing is wrong with the coded population', () => {
  expect([...(countClean([coded])[0]?.byRule ?? [])]).toEqual([]);
});

/** After a wanted change: `npx vitest run test/conformance/clean -u`. */
test.skipIf(!existsSync(shared))('what fires on the clean sets is what the page says, each with its reason (needs ../shared)', async () => {
  const sets = [{ title: 'US Core, Synthea 3.3.0', folder: join(shared, 'us-core-6.1.0') }, { title: 'R4, Synthea of 2019', folder: join(shared, 'r4-2019') }, coded];
  await expect(cleanPage(countClean(sets))).toMatchFileSnapshot('../../docs/integrity-on-synthea.md');
}, 120_000);
