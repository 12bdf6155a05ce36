import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { decisionKills } from '../support/decision-kills.ts';
import { testTemporal } from '../support/temporal.ts';

const { db, url } = await testDatabase();
const { client, address, namespace } = await testTemporal();

// Again and again: npm run proof -- decisions
test('kill -9 of the worker and of the API in each step of a decision: decided once, released once', { timeout: 300_000 }, async () => {
  const steps = await decisionKills({ db, databaseUrl: url, temporal: client, temporalAddress: address, namespace }, (line) => console.log(line));
  expect(steps.length).toBe(12);
  expect(steps.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
});
