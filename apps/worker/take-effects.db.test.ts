import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { asker, exceptionStage, feedSays, heldCase, stageDeps, view } from '../../test/support/held-cases.ts';
import { takeEffects } from './take-effects.ts';

const { db } = await testDatabase();

test('one that fails is passed over; those taken up with it are not', async () => {
  const ask = asker(db, exceptionStage(db, 1));
  const cases = [await heldCase(db, ['a']), await heldCase(db, ['b']), await heldCase(db, ['c']), await heldCase(db, ['d'])] as const;
  for (const { exception } of cases) await ask(exception, { act: 'decide', view: view() });
  const deps = stageDeps(db, 1);
  const failing = cases[1];
  const { rows: [decision] } = await db.query<{ id: string }>('select id from decision where exception_id = $1', [failing.exception]);
  const told: unknown[] = [];
  const ending = new AbortController();
  const working = takeEffects({
    ...deps, judgeAgain: async (tx, asked, policy) => {
      if (asked.some((one) => one.decision === decision?.id)) throw new Error('it cannot be judged');
      return deps.judgeAgain(tx, asked, policy);
    },
  }, ending.signal, { warn: (about: unknown) => { told.push(about); } });
  const settled = async () => (await db.query('select from decision where settled_at is not null')).rowCount;
  for (const end = Date.now() + 15_000; await settled() !== 3 && Date.now() < end;) await sleep(50);
  ending.abort();
  await working;
  expect(await settled()).toBe(3);
  expect(await feedSays(db, failing.source)).toEqual([]);
  expect(await feedSays(db, cases[2].source)).toHaveLength(1);
  expect((await db.query('select from exception where effect_at is not null')).rowCount).toBe(1);
  expect(told).toContainEqual(expect.objectContaining({ exceptions: [failing.exception] }));
});
