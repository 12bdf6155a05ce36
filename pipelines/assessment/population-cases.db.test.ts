import { expect, test } from 'vitest';
import seed from '../../fhir-profiles/policy/default.json' with { type: 'json' };
import { judging } from '../../apps/worker/judging.ts';
import { knowRuleSet, policyInForce } from '../../storage/assessment.ts';
import { partitionsIn } from '../../storage/partitions.ts';
import type { Policy } from '../../terms/policy.ts';
import { testDatabase } from '../../test/support/database.ts';
import { judgedVersions } from '../../test/support/judged-versions.ts';
import { createAssessmentActivities } from './activities.ts';

const { db } = await testDatabase();
const stage = createAssessmentActivities({
  db, ...judging, beat() {}, appendEvent: async () => {}, check: () => [], models: async () => undefined,
  ruleSet: () => knowRuleSet(db, 'ab'.repeat(32), {}), policy: () => policyInForce(db, seed as Policy), release: async () => {},
});

const ada = { name: [{ given: ['Ada'], family: 'Byron' }], birthDate: '1980-03-04', gender: 'female', telecom: [{ system: 'phone', value: '617-555-0101' }] };
const marcus = { name: [{ given: ['Marcus'], family: 'Wolff' }], birthDate: '1951-11-30', gender: 'male' };

test('what population scope finds is judged, opens one case a group with reach to the patients, and closes it when it clears', async () => {
  const { source, run, land } = await judgedVersions(db);
  await db.query('delete from policy');
  /** A run that lands these; afterwards, the versions it touched are assessed. */
  async function govern(patients: Readonly<Record<string, object>>, observations: readonly string[] = []): Promise<void> {
    await db.query(`update run set state = 'completed' where source_id = $1`, [source]);
    const id = await run();
    for (const [patient, body] of Object.entries(patients)) await land(id, patient, JSON.stringify({ resourceType: 'Patient', id: patient, ...body }), { type: 'Patient', patient });
    for (const patient of observations) await land(id, `o-${patient}`, JSON.stringify({ resourceType: 'Observation', id: `o-${patient}` }), { patient });
    await stage.judgePopulation(id);
    await stage.planPartitions(id);
    for (const partition of await partitionsIn(db, id, 'pending', 100)) await stage.assessPartition(partition);
  }
  const outcomes = async (resource: string): Promise<string[]> => {
    const { rows } = await db.query<{ says: string }>(
      `select d.outcome || ' ' || p as says from version v join verdict d on d.version_id = v.id and d.current cross join lateral unnest(d.purposes) as p
        where v.source_id = $1 and v.logical_id = $2 and v.head and p in ('care', 'training') order by p`, [source, resource]);
    return rows.map((row) => row.says);
  };
  const cases = async () => (await db.query<{ rule: string; reach: string; priority: number; state: string; members: number }>(
    `select e.rule, e.reach, e.priority, e.state, (select count(distinct m.version_id)::int from exception_member m where m.exception_id = e.id and m.state = 'waiting') as members
       from exception e where e.source_id = $1 and not e.retraction order by e.id`, [source])).rows;

  await govern({ a: ada, b: { ...ada, name: [{ given: ['Adah'], family: 'Biron' }] }, m: marcus }, ['a', 'm']);
  expect(await outcomes('a')).toEqual(['release-with-flags care', 'hold training']);
  expect(await outcomes('o-a')).toEqual(['release care', 'hold training']); // by reach
  expect(await outcomes('m')).toEqual(['release care', 'release training']);
  expect(await cases()).toEqual([{ rule: 'identity-duplicate-pair', reach: 'patient', priority: 1, state: 'open', members: 2 }]);

  // A third record comes later: the compartments of the first two are touched, and it is the same case.
  await govern({ c: ada });
  expect(await cases()).toEqual([{ rule: 'identity-duplicate-pair', reach: 'patient', priority: 1, state: 'open', members: 3 }]);

  // The EHR merges them: nothing waits any more.
  await govern({ b: { ...ada, active: false }, c: { ...ada, active: false } });
  expect(await outcomes('o-a')).toEqual(['release care', 'release training']);
  expect((await cases()).map(({ state, members }) => [state, members])).toEqual([['closed', 0]]);
});
