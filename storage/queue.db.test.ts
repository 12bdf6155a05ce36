import { expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import { beginRun, everyPurpose, judgeRun, landItems, resource } from '../test/support/recorded-run.ts';
import type { Finding } from '../terms/finding.ts';
import { exceptionById, exceptionMembers, queue, queueCounts, queueFacets, type QueuePlace } from './queue.ts';

const { db } = await testDatabase();

const finding = (rule: string, cause: string): Finding => ({
  rule, ruleVersion: 1, outcome: 'wrong', scope: 'resource', severity: 'error', code: 'invariant', cause,
  expression: 'Observation.value', says: `Words of ${rule}.`, evidence: [{ expression: 'Observation.value', role: 'for' }],
});

const { run } = await beginRun(db, 'north');
await landItems(db, run, 'Observation', Array.from({ length: 12 }, (_, n) => resource('Observation', `o${n}`, 1)));
// Six causes of two records each: two share a due date to the microsecond, for they open in one statement.
await judgeRun(db, run, (_type, id) => {
  const cause = Number(id.slice(1)) % 6;
  return [{ outcome: 'hold', purposes: cause < 3 ? ['care', 'training'] : ['training'], finding: finding(cause < 4 ? 'value-delta' : 'time-future', `c${cause}`) }];
});
const other = await beginRun(db, 'south');
await landItems(db, other.run, 'Patient', [resource('Patient', 'p', 1)]);
await judgeRun(db, other.run, () => everyPurpose('hold', finding('identity-overlay', 'overlay')), { priority: 1, reach: 'patient', owner: 'identity', dueDays: 1 });

test('the most urgent come first, with what waits and the finding’s own sentence', async () => {
  const { rows } = await queue(db, {}, 50);
  expect(rows).toHaveLength(7);
  expect(rows[0]).toMatchObject({ source: 'south', rule: 'identity-overlay', priority: 1, owner: 'identity', reach: 'patient', records: 1,
    waits: ['care', 'payment', 'quality', 'research', 'training'], says: 'Words of identity-overlay.' });
  expect(rows.slice(1).every((row) => row.records === 2)).toBe(true);
});

test('pages of any size join to the whole queue, no case twice and none lost', async () => {
  const whole = (await queue(db, {}, 50)).rows.map((row) => row.id);
  for (const size of [1, 2, 3, 7]) {
    const seen: string[] = [];
    for (let after: QueuePlace | undefined; ;) {
      const page = await queue(db, {}, size, after);
      seen.push(...page.rows.map((row) => row.id));
      if (page.rows.length < size) break;
      after = page.last;
    }
    expect(seen).toEqual(whole);
  }
});

test('each filter narrows, and the counts agree with the rows', async () => {
  for (const [filter, wanted] of [
    [{ source: 'north' }, 6], [{ source: 'nowhere' }, 0], [{ rule: 'value-delta' }, 4], [{ priority: 1 }, 1],
    [{ owner: 'mapping' }, 6], [{ purpose: 'care' }, 4], [{ purpose: 'care', rule: 'value-delta' }, 3]] as const) {
    const { rows } = await queue(db, filter, 50);
    expect(rows, JSON.stringify(filter)).toHaveLength(wanted);
    const counts = await queueCounts(db, filter);
    for (const facet of queueFacets) expect(counts.filter(({ by }) => by === facet).reduce((sum, { exceptions }) => sum + exceptions, 0), facet).toBe(wanted);
    for (const by of ['rule', 'owner'] as const) {
      for (const { value, exceptions } of counts.filter((count) => count.by === by)) expect((await queue(db, { ...filter, [by]: value ?? undefined }, 50)).rows, `${by} ${value}`).toHaveLength(exceptions);
    }
  }
});

test('a case names its members as references, page by page', async () => {
  const { rows: [first] } = await queue(db, { rule: 'time-future' }, 1);
  const id = first?.id ?? '';
  const all = await exceptionMembers(db, id, 10);
  expect(all.map((member) => member.type)).toEqual(['Observation', 'Observation']);
  expect(all[0]).toMatchObject({ state: 'waiting', purposes: ['training'], expression: 'Observation.value', says: 'Words of time-future.', evidence: [{ expression: 'Observation.value', role: 'for' }] });
  const [one] = await exceptionMembers(db, id, 1);
  expect([one, ...await exceptionMembers(db, id, 1, one?.version)]).toEqual(all);
});

test('what no longer waits leaves the counts; a closed case is found by its id alone', async () => {
  const { rows: [found] } = await queue(db, { rule: 'time-future' }, 1);
  const id = found?.id ?? '';
  await db.query(`update exception set state = 'closed', closed_by = 'cleared', closed_at = now() where id = $1`, [id]);
  await db.query(`update exception_member set state = 'cleared' where exception_id = $1`, [id]);
  expect((await queue(db, {}, 50)).rows.map((row) => row.id)).not.toContain(id);
  expect(await exceptionById(db, id)).toMatchObject({ state: 'closed', closedBy: 'cleared', records: 2 });
  expect(await exceptionById(db, '999999')).toBeUndefined();
});
