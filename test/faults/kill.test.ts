import { expect, test } from 'vitest';
import { killTrial } from '../support/kill-trial.ts';

const KILLS = Number(process.env['ASSAY_KILLS'] ?? 10);
const SEED = Number(process.env['ASSAY_SEED'] ?? 11);

test(`${KILLS} times kill -9 of the worker and of PostgreSQL: the runs complete, nothing is lost, nothing is doubled`, { timeout: 900_000 }, async () => {
  const trial = await killTrial(KILLS, SEED);
  console.log(`${trial.killed.worker} of the worker, ${trial.killed.postgres} of PostgreSQL in ${trial.runs.length} run(s), ${trial.seconds} s; by phase ${JSON.stringify(trial.phases)}`);
  expect(trial.killed.worker + trial.killed.postgres).toBe(KILLS);
  expect(trial.killed.worker).toBeGreaterThan(0);
  expect(trial.killed.postgres).toBeGreaterThan(0);
  expect(Object.values(trial.phases).every((n) => n > 0), JSON.stringify(trial.phases)).toBe(true);
  expect(trial.runs.map(({ state, balances }) => ({ state, balances }))).toEqual(trial.runs.map(() => ({ state: 'completed', balances: true })));
  expect(Object.entries(trial.wrong).filter(([, count]) => count !== 0)).toEqual([]);
});
