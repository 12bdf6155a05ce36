import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { asQuery } from '../../ledger/as-query.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { verifyStore } from '../../ledger/verify/store.ts';
import { testDatabase } from '../support/database.ts';
import { ledgerAtSize, timeQuestions } from '../support/ledger-at-size.ts';

const { db } = await testDatabase();

test('over 100,000 leaves every question has an answer, in less than 300 ms', async () => {
  const size = await ledgerAtSize(db, { leaves: 100_000, entries: 10_000 });
  expect(size.leaves).toBeGreaterThanOrEqual(100_000);
  await makeCheckpoint({ db, key: generateKeyPairSync('ed25519').privateKey, anchors: [] });
  const timed = await timeQuestions(db, size);
  for (const { question, listing, median, rows } of timed) {
    expect(rows, question).toBeGreaterThan(0);
    if (!listing) expect(median, question).toBeLessThan(300);
  }
  console.log(timed.map(({ question, median, slowest, rows }) => `${question}: ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms, ${rows} rows`).join('\n'));
  expect((await verifyStore({ query: asQuery(db) })).troubles).toEqual([]); // what was written as leaves is what the sequencer would write
}, 180_000);
