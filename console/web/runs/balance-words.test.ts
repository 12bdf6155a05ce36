import { expect, test } from 'vitest';
import type { RunDetail } from '../../api/shapes/runs.ts';
import { balanceWords } from './balance-words.ts';

const run = (state: RunDetail['state'], came: number, landed: number, undecided: number): RunDetail => ({
  id: '1', source: 's', state, phase: 'done', startedAt: '', finishedAt: null, received: came, quarantined: 0, failedTypes: [], trouble: null,
  asOf: '', transactionTime: null, detail: null, files: { total: 1, done: 1, failed: 0 }, partitions: { total: 1, assessed: 1, released: 1 }, types: [], quarantine: [],
  reconciliation: {
    received: { exported: came, hydrated: 0, deletions: 0, skipped: 0 },
    became: { landed, unchanged: 0, quarantined: 0, deletionsApplied: 0, deletionsUnknown: 0, skipped: 0 },
    purposes: [{ purpose: 'care', released: landed - undecided, held: 0, excluded: 0, superseded: 0, undecided }],
    balances: came === landed && undecided === 0,
  },
});

test.each([
  [run('completed', 3, 3, 0), 'good', 'It balances'], [run('completed', 0, 0, 0), 'good', 'nothing is missing'],
  [run('running', 3, 2, 1), 'warn', 'still going'], [run('completed', 3, 2, 0), 'bad', '3 received, 2 accounted for'],
  [run('cancelled', 2, 2, 1), 'bad', '1 record landed and is neither'],
])('%#', (given, tone, part) => {
  const { says, tone: said } = balanceWords(given);
  expect(said).toBe(tone);
  expect(says).toContain(part);
});
