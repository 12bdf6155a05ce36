import { expect, test } from 'vitest';
import { rulesCodeSystem } from './rules-code-system.ts';
import { rulesPage } from './rules-page.ts';

/** After a wanted change: `npx vitest run docs -u`. */
test('rules.md is what the rules say', async () => {
  await expect(rulesPage()).toMatchFileSnapshot('./rules.md');
});

test('the rules are codes of the project’s own system', async () => {
  await expect(rulesCodeSystem()).toMatchFileSnapshot('../fhir-profiles/own/CodeSystem-rules.json');
});
