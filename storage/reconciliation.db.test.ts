import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import { beginRun, deletion, everyPurpose, judgeRun, landItems, notJson, releaseRun, resource, skipped } from '../test/support/recorded-run.ts';
import { purposes, type Purpose } from '../terms/purpose.ts';
import type { VerdictOutcome } from '../terms/verdict.ts';
import { reconciliation, sum } from './reconciliation.ts';

const { db } = await testDatabase();

test('a first run: each item is in one place, each version has one answer a purpose', async () => {
  const { run } = await beginRun(db, 'first');
  await landItems(db, run, 'Observation', [
    resource('Observation', 'a', 1), resource('Observation', 'b', 1), resource('Observation', 'c', 1),
    resource('Observation', 'a', 1), notJson(), skipped()]);
  await landItems(db, run, 'Location', [resource('Location', 'l', 1)], 'hydrated');
  await landItems(db, run, null, [deletion('Observation', 'c'), deletion('Observation', 'never')], 'deleted');
  const before = await reconciliation(db, run);
  expect(before.balances, 'nobody has judged yet').toBe(false);
  await judgeRun(db, run, (_type, id) => id === 'b'
    ? [{ outcome: 'hold', purposes: ['care'] }, { outcome: 'exclude', purposes: ['training'] }, { outcome: 'release-with-flags', purposes: ['quality', 'payment', 'research'] }]
    : everyPurpose('release'));
  await releaseRun(db, run);
  const after = await reconciliation(db, run);
  expect(after).toMatchObject({
    received: { exported: 5, hydrated: 1, deletions: 2, skipped: 1 },
    became: { landed: 4, unchanged: 1, quarantined: 1, deletionsApplied: 1, deletionsUnknown: 1, skipped: 1 },
    balances: true,
  });
  expect(after.purposes.find((one) => one.purpose === 'care')).toEqual({ purpose: 'care', released: 2, held: 1, excluded: 0, superseded: 1, undecided: 0 });
  expect(after.purposes.find((one) => one.purpose === 'training')).toEqual({ purpose: 'training', released: 2, held: 0, excluded: 1, superseded: 1, undecided: 0 });
});

test('what was released stays released when a newer version lands; what was held is superseded', async () => {
  const first = await beginRun(db, 'newer');
  await landItems(db, first.run, 'Condition', [resource('Condition', 'out', 1), resource('Condition', 'kept', 1)]);
  await judgeRun(db, first.run, (_type, id) => everyPurpose(id === 'out' ? 'release' : 'hold'));
  await releaseRun(db, first.run);
  const second = await beginRun(db, 'newer');
  await landItems(db, second.run, 'Condition', [resource('Condition', 'out', 2), resource('Condition', 'kept', 2)]);
  const { purposes: [care], balances } = await reconciliation(db, first.run);
  expect(care).toEqual({ purpose: 'care', released: 1, held: 0, excluded: 0, superseded: 1, undecided: 0 });
  expect(balances).toBe(true);
});

describe('it does not balance', () => {
  const balancedRun = async (source: string): Promise<string> => {
    const { run } = await beginRun(db, source);
    await landItems(db, run, 'Patient', [resource('Patient', 'p', 1), notJson()]);
    await judgeRun(db, run, () => everyPurpose('release'));
    await releaseRun(db, run);
    expect((await reconciliation(db, run)).balances).toBe(true);
    return run;
  };
  test('when a quarantined line is lost', async () => {
    const run = await balancedRun('lost-line');
    await db.query('delete from quarantine where run_id = $1', [run]);
    expect((await reconciliation(db, run)).balances).toBe(false);
  });
  test('when one release is lost', async () => {
    const run = await balancedRun('lost-release');
    await db.query(`update feed_span set purposes = array_remove(purposes, 'research') where run_id = $1`, [run]);
    const { balances, purposes: each } = await reconciliation(db, run);
    expect(balances).toBe(false);
    expect(each.filter((one) => one.undecided !== 0).map((one) => one.purpose)).toEqual(['research']);
  });
});

const outcomes: readonly VerdictOutcome[] = ['release', 'release-with-flags', 'hold', 'exclude'];
const item = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('resource' as const), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('deletion' as const), fc.integer({ min: 0, max: 7 }), fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('skipped' as const, 'broken' as const), fc.constant(0), fc.constant(0)) });
const given = ([kind, id, revision]: [string, number, number]) => kind === 'resource' ? resource('Observation', `o${id}`, revision)
  : kind === 'deletion' ? deletion('Observation', `o${id}`) : kind === 'skipped' ? skipped() : notJson();

/** The same question asked version by version, from the words of contract 10 alone. */
async function oneByOne(run: string, purpose: Purpose): Promise<Record<string, number>> {
  const answer = { released: 0, held: 0, excluded: 0, superseded: 0 };
  const { rows } = await db.query<{ id: string; head: boolean }>('select id, head from version where run_id = $1 and not deletion', [run]);
  for (const { id, head } of rows) {
    const { rowCount } = await db.query(`select from feed_entry where version_id = $1 and purpose = $2 and kind = 'release'`, [id, purpose]);
    const { rows: [verdict] } = await db.query<{ outcome: string }>('select outcome from verdict where version_id = $1 and current and $2 = any(purposes)', [id, purpose]);
    if (rowCount !== 0) answer.released++;
    else if (!head) answer.superseded++;
    else if (verdict?.outcome === 'hold') answer.held++;
    else if (verdict?.outcome === 'exclude') answer.excluded++;
  }
  return answer;
}

test('any runs of any items balance, before and after later runs', async () => {
  let population = 0;
  await fc.assert(fc.asyncProperty(
    fc.array(fc.tuple(fc.array(item, { maxLength: 12 }), fc.array(fc.constantFrom(...outcomes), { minLength: 6, maxLength: 6 })), { minLength: 1, maxLength: 3 }),
    async (pulls) => {
      const source = `any-${++population}`;
      const runs: string[] = [];
      for (const [items, answers] of pulls) {
        const { run } = await beginRun(db, source);
        runs.push(run);
        await landItems(db, run, 'Observation', items.map(given));
        await judgeRun(db, run, (_type, id) => purposes.map((purpose, place) => (
          { purposes: [purpose], outcome: answers[(Number(id.slice(1)) + place) % 6] ?? 'hold' })));
        await releaseRun(db, run);
        const counted = await reconciliation(db, run);
        expect(sum(counted.received)).toBe(items.length);
        expect(counted.became.quarantined).toBe(items.filter(([kind]) => kind === 'broken').length);
        expect(counted.balances).toBe(true);
      }
      for (const run of runs) {
        const counted = await reconciliation(db, run);
        expect(counted.balances).toBe(true);
        for (const { purpose, undecided: _, ...answer } of counted.purposes) expect(answer).toEqual(await oneByOne(run, purpose));
      }
    }), { numRuns: process.env['ASSAY_PROOF'] ? 200 : 25 });
});
