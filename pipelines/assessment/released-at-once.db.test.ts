import { expect, test } from 'vitest';
import { appendEvent } from '../../ledger/append.ts';
import { testDatabase } from '../../test/support/database.ts';
import { governedHistory, type Given } from '../../test/support/governed-history.ts';

const { db } = await testDatabase();
let failing = false;
const history = await governedHistory(db, {
  append: async (tx, kind, ...rest) => {
    if (failing && kind === 'released') throw new Error('the worker dies');
    await appendEvent(tx, kind, ...rest);
  },
});

async function rows(): Promise<{ assessed: number; care: string[] }> {
  const { rows: [row] } = await db.query<{ assessed: number; care: string[] }>(
    `select (select count(*)::int from assessment where current) as assessed,
            array(select kind || ' ' || logical_id from feed_entry where purpose = 'care' order by sequence) as care`);
  return row!;
}
const observation = (id: string, text: string): Given => ({ type: 'Observation', id, patient: 'p', text });

test('what is judged leaves with its verdict, or neither is there; what is said again says nothing', async () => {
  const first = await history.land([{ type: 'Patient', id: 'p' }, observation('a', 'fine'), observation('b', 'held')]);
  await history.plan(first);
  failing = true;
  await expect(history.assess(first)).rejects.toThrow('dies');
  expect(await rows()).toEqual({ assessed: 0, care: [] });
  failing = false;
  await history.assess(first);
  expect(await rows()).toEqual({ assessed: 3, care: ['release a', 'release p'] });
  await history.release(first);
  expect((await rows()).care).toEqual(['release a', 'release p']);
});

test('newer versions and what was judged before are looked up: stale, cleared, deleted', async () => {
  await history.govern([observation('a', 'held now'), observation('b', 'corrected')]);
  expect((await rows()).care.slice(2).sort()).toEqual(['release b', 'stale a']);
  const run = await history.land([{ ...observation('b', ''), deleted: true }]);
  await history.plan(run);
  await history.assess(run);
  expect((await rows()).care).toHaveLength(4);
  await history.release(run);
  expect((await rows()).care.at(-1)).toBe('retraction b');
});
