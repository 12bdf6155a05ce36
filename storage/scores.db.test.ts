import { expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import { judgedVersions } from '../test/support/judged-versions.ts';
import { keepScores, runTallies, subjectTally } from './scores.ts';

const { db } = await testDatabase();

test('current records are counted when a run ends, and each run keeps its count', async () => {
  const { source, run, land, judge } = await judgedVersions(db);
  const { rows: [named] } = await db.query<{ name: string }>('select name from source where id = $1', [source]);
  const name = named?.name ?? '';
  const first = await run();
  const found = async (id: string, type: string, patient: string, rule?: string): Promise<string> => {
    const version = await land(first, id, '{}', { type, patient });
    await judge(first, version, 'release', rule === undefined ? {} : { rule });
    return version;
  };
  const a = await found('a', 'Observation', 'p', 'value-delta/biological');
  await found('b', 'Observation', 'q', 'value-blood-pressure');
  await found('c', 'Condition', 'p');
  await db.transaction((tx) => keepScores(tx, first));
  await db.transaction((tx) => keepScores(tx, first));
  const second = await run();
  await judge(second, a, 'release', { rule: 'value-blood-pressure' });
  await db.transaction((tx) => keepScores(tx, second));

  const [newest, oldest] = await runTallies(db, name, 10);
  expect(newest).toMatchObject({ run: second, types: [{ type: 'Condition', resources: 1 }, { type: 'Observation', resources: 2 }], rules: [{ rule: 'value-blood-pressure', failed: 2 }] });
  expect(oldest?.rules).toEqual([
    { type: 'Observation', rule: 'value-blood-pressure', failed: 1, unevaluated: 0 }, { type: 'Observation', rule: 'value-delta', failed: 1, unevaluated: 0 }]);
  expect((await runTallies(db, name, 10, first)).map((one) => one.run)).toEqual([first]);
  expect(await subjectTally(db, name, { patient: 'p' })).toEqual({
    types: [{ type: 'Condition', resources: 1 }, { type: 'Observation', resources: 1 }], rules: [{ type: 'Observation', rule: 'value-blood-pressure', failed: 1, unevaluated: 0 }] });
  expect((await subjectTally(db, name, { type: 'Condition', id: 'c' })).rules).toEqual([]);
});
