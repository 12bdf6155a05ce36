import { expect, test } from 'vitest';
import { killTrial } from '../support/kill-trial.ts';
import { lacking } from '../support/require.ts';

const KILLS = Number(process.env['ASSAY_KILLS'] ?? 10);
const SEED = Number(process.env['ASSAY_SEED'] ?? 11);

const kafka = process.env['ASSAY_REQUIRE'] === 'all' || lacking('java', 'maven').length === 0;
const victims = ['worker', 'postgres', ...kafka ? ['kafka' as const] : []] as const;

test(`${KILLS} times kill -9 of ${victims.join(', ')}: the runs complete, nothing is lost, nothing is doubled, the ledger is whole`, { timeout: 900_000 }, async () => {
  const trial = await killTrial(KILLS, SEED, { kafka });
  console.log(`${JSON.stringify(trial.killed)} killed in ${trial.runs.length} run(s), ${trial.seconds} s; by phase ${JSON.stringify(trial.phases)}`);
  expect(Object.values(trial.killed).reduce((sum, n) => sum + n, 0)).toBe(KILLS);
  expect(victims.filter((one) => trial.killed[one] === 0)).toEqual([]);
  expect(Object.values(trial.phases).every((n) => n > 0), JSON.stringify(trial.phases)).toBe(true);
  expect(trial.runs.map(({ state, balances }) => ({ state, balances }))).toEqual(trial.runs.map(() => ({ state: 'completed', balances: true })));
  expect(trial.runs.flatMap(({ troubles }) => troubles)).toEqual([]);
  expect(Object.entries(trial.wrong).filter(([, count]) => count !== 0)).toEqual([]);
  expect(trial.runs.every(({ leaves }) => leaves > 0)).toBe(true);
});
