import { expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import type { Finding } from '../terms/finding.ts';
import { connect } from './connect.ts';
import { findingsOf, keepFindings } from './finding-lists.ts';

const { db, url } = await testDatabase();
const finding = (rule: string): Finding =>
  ({ rule, ruleVersion: 1, outcome: 'wrong', scope: 'resource', severity: 'warning', code: 'value', expression: 'Observation', says: 'It is so.', evidence: [], cause: rule });

test('a list is kept once, whoever names it, and an empty one not at all', async () => {
  const others = connect(url, { connections: 2 });
  try {
    const asked = await Promise.all([db, others, db, others].map((one) => keepFindings(one, [[finding('a')], [], [finding('a'), finding('b')]])));
    const [ids = []] = asked;
    expect(asked).toEqual(asked.map(() => ids));
    expect(ids[1]).toBeNull();
    expect((await db.query('select from finding_list')).rowCount).toBe(2);
    // Read by a process that wrote nothing, and named again by what it was given.
    const fresh = connect(url, { connections: 1 });
    const lists = await findingsOf(fresh, ids);
    expect(lists.get(ids[2] ?? '')).toEqual([finding('a'), finding('b')]);
    expect(await keepFindings(fresh, [...lists.values()])).toEqual([...lists.keys()]);
    await fresh.close();
  } finally {
    await others.close();
  }
});

test('what a transaction named stays when it is rolled back, and is named again', async () => {
  const named: (string | null)[] = [];
  const failing = db.transaction(async (tx) => {
    named.push(...await keepFindings(tx, [[finding('c')]]));
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect(await keepFindings(db, [[finding('c')]])).toEqual(named);
  expect((await findingsOf(db, named)).get(named[0] ?? '')).toEqual([finding('c')]);
});
