import { expect, test } from 'vitest';
import { committedRulesPage, rulesPage } from './write-rules.ts';

test('docs/rules.md is what the rules say: node docs/write-rules.ts', () => {
  expect(committedRulesPage()).toBe(rulesPage());
});
