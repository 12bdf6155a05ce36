import { expect, test } from 'vitest';
import { placedRules } from '../terms/hdqt.ts';
import { piqiSams } from '../terms/piqi-sams.ts';
import { conformance } from '../terms/score.ts';
import { allRules } from '../validators/integrity/all-rules.ts';
import { scoresPage } from './scores-page.ts';

/** After a wanted change: `npx vitest run docs -u`. */
test('scores.md is what the tables say', async () => {
  await expect(scoresPage()).toMatchFileSnapshot('./scores.md');
});

test('the tables name rules that there are, and each module once', () => {
  const known = new Map([...conformance, ...allRules].map((rule) => [rule.id, rule]));
  expect([...placedRules, ...piqiSams.flatMap(({ rules }) => rules)].filter((id) => !known.has(id))).toEqual([]);
  expect(new Set(piqiSams.map(({ sam }) => sam)).size).toBe(piqiSams.length);
  // A rule whose criteria carry a module’s mnemonic reads the type that the module is about.
  for (const { how, rules: [rule], type = '' } of piqiSams) if (how === 'asked') expect(known.get(rule ?? '')?.reads).toHaveProperty(type);
});
