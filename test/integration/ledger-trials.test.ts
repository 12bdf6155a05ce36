import { expect, test } from 'vitest';
import { makeDatabase } from '../support/database.ts';
import { honestTrial, tamperTrial } from '../support/ledger-trial.ts';

const fresh = () => makeDatabase({});

test('20 random tamperings: none is missed', async () => {
  expect(await tamperTrial(fresh, 20, 1)).toEqual({ tried: 20, missed: [] });
}, 120_000);

test('20 honest histories with crashes in them: no alarm', async () => {
  const { alarms, crashes } = await honestTrial(fresh, 20, 2, 4);
  expect(alarms).toEqual([]);
  expect(crashes).toBeGreaterThan(5);
}, 180_000);
