import { expect, test } from 'vitest';
import seed from '../../fhir-profiles/policy/default.json' with { type: 'json' };
import { judging } from '../../apps/worker/judging.ts';
import { knowRuleSet, policyInForce } from '../../storage/assessment.ts';
import { decisionsOf } from '../../storage/decisions.ts';
import { partitionsIn } from '../../storage/partitions.ts';
import type { Policy } from '../../terms/policy.ts';
import { testDatabase } from '../../test/support/database.ts';
import { asker, exceptionStage, signature, view } from '../../test/support/held-cases.ts';
import { judgedVersions } from '../../test/support/judged-versions.ts';
import { createAssessmentActivities } from './activities.ts';

const { db } = await testDatabase();
const stage = createAssessmentActivities({
  db, ...judging, beat() {}, appendEvent: async () => {}, check: () => [], models: async () => undefined, release: async () => {},
  ruleSet: () => knowRuleSet(db, 'ab'.repeat(32), {}), policy: () => policyInForce(db, seed as Policy),
});
const ask = asker(db, exceptionStage(db));

const ada = { name: [{ given: ['Ada'], family: 'Byron' }], birthDate: '1980-03-04', gender: 'female', telecom: [{ system: 'phone', value: '617-555-0101' }] };

/** Three records of one name and birth date, in one case; `elsewhere`: and a fourth in another source of the same registry. */
async function threeAlike(elsewhere?: object) {
  const { source, run, land } = await judgedVersions(db);
  if (elsewhere !== undefined) {
    const other = await judgedVersions(db);
    await db.query('update source set settings = $2 where id = any($1)', [[source, other.source], { personSystem: 'county' }]);
    await db.query('delete from policy');
    const id = await other.run();
    await other.land(id, 'd', JSON.stringify({ resourceType: 'Patient', id: 'd', ...elsewhere }), { type: 'Patient', patient: 'd' });
    await stage.judgePopulation(id);
  }
  await db.query('delete from policy');
  async function govern(patients: Readonly<Record<string, object>>): Promise<void> {
    await db.query(`update run set state = 'completed' where source_id = $1`, [source]);
    const id = await run();
    for (const [patient, body] of Object.entries(patients)) await land(id, patient, JSON.stringify({ resourceType: 'Patient', id: patient, ...body }), { type: 'Patient', patient });
    await stage.judgePopulation(id);
    await stage.planPartitions(id);
    for (const partition of await partitionsIn(db, id, 'pending', 100)) await stage.assessPartition(partition);
  }
  const pairs = async () => (await db.query<{ said: string }>(
    `select concat_ws(' ', a.logical_id, b.logical_id, coalesce(k.decision, 'undecided'), k.decided_by) as said from patient_pair k join patient_key a on a.id = k.one join patient_key b on b.id = k.other
      where $1 in (a.source_id, b.source_id) order by 1`, [source])).rows.map(({ said }) => said);
  const waiting = async (): Promise<number> => (await db.query<{ n: number }>(
    `select count(distinct m.version_id)::int as n from exception e join exception_member m on m.exception_id = e.id and m.state = 'waiting' where e.source_id = $1 and e.rule = 'identity-duplicate-pair'`, [source])).rows[0]!.n;
  await govern({ a: ada, b: ada, c: ada });
  const { rows: [row] } = await db.query<{ id: string }>(`select id from exception where source_id = $1 and rule = 'identity-duplicate-pair'`, [source]);
  /** Two people give the same view of the case. */
  const decide = async (more: Parameters<typeof view>[0]) => {
    for (const person of ['ann', 'bob']) await ask(row!.id, { act: 'decide', view: view({ signature, purposes: ['research', 'training'], ...more }) }, person, ['identity-analyst']);
  };
  return { govern, pairs, waiting, decide, exception: row!.id };
}

test('a case that is decided as different people decides its pairs, which come again only when the demographics change', async () => {
  const { govern, pairs, waiting, decide } = await threeAlike();
  expect(await pairs()).toEqual(['a b undecided', 'a c undecided', 'b c undecided']);
  expect(await waiting()).toBe(3);
  await decide({ validity: 'rule-wrong' });
  expect(await pairs()).toEqual(['a b different ann', 'a c different ann', 'b c different ann']);
  await govern({});
  expect(await waiting()).toBe(0);
  await govern({ c: { ...ada, telecom: [{ system: 'phone', value: '617-555-0102' }] } });
  expect(await waiting()).toBe(1); // c is asked about again; what was decided of the versions of the others stands
});

test('a decision reaches the pairs with records of another source, which are no members of the case', async () => {
  const { pairs, waiting, decide } = await threeAlike(ada);
  expect(await waiting()).toBe(3);
  await decide({ validity: 'rule-wrong' });
  expect((await pairs()).filter((pair) => pair.startsWith('d '))).toEqual(['d a different ann', 'd b different ann', 'd c different ann']);
});

test('who is the same person is remembered, and nothing is merged; who cannot be told apart stays undecided in word only', async () => {
  for (const [validity, decision] of [['true-finding', 'same'], ['cannot-tell', 'cannot-tell']] as const) {
    const { pairs, decide } = await threeAlike();
    await decide({ validity });
    expect(await pairs()).toEqual([`a b ${decision} ann`, `a c ${decision} ann`, `b c ${decision} ann`]);
  }
});

test('a decision that is taken back says nothing of the pairs any more', async () => {
  const { pairs, decide, exception } = await threeAlike();
  await decide({ validity: 'rule-wrong' });
  const [made] = await decisionsOf(db, exception);
  await ask(exception, { act: 'reverse', decision: made!.decision.decision, reason: 'Looked again.', signature }, 'gov', ['governor']);
  expect(await pairs()).toEqual(['a b undecided', 'a c undecided', 'b c undecided']);
});
