import { expect, test } from 'vitest';
import { rulesPage } from './rules-page.ts';

/** After a wanted change: `npx vitest run docs -u`. */
test('rules.md is what the rules say', async () => {
  await expect(rulesPage()).toMatchFileSnapshot('./rules.md');
});
