import { expect, test } from 'vitest';
import { ledgerKills } from '../support/ledger-kills.ts';

test('10 times kill -9 of the stages, the sequencer, the API and PostgreSQL: the log is whole and complete against the facts', { timeout: 240_000 }, async () => {
  const trial = await ledgerKills(10, 7);
  console.log(JSON.stringify(trial));
  expect(Object.values(trial.killed).every((n) => n > 0)).toBe(true);
  expect(trial).toMatchObject({ troubles: [], waiting: 0 });
  expect(trial.checkpoints).toBeGreaterThan(3);
  expect(trial.consumed).toBeGreaterThan(3);
});
