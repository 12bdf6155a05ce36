import { expect, test } from 'vitest';
import seed from '../../fhir-profiles/policy/default.json' with { type: 'json' };
import { changePolicy, settleProposal } from '../../apps/product/change-policy.ts';
import { policyInForce } from '../../storage/assessment.ts';
import { policies, proposals } from '../../storage/policies.ts';
import type { Policy } from '../../terms/policy.ts';
import { testDatabase } from '../../test/support/database.ts';
import { judgedVersions } from '../../test/support/judged-versions.ts';
import { releaseChunk } from '../release/chunk.ts';
import { decide, reachingHolds } from '../triage/decide.ts';
import { proposeFlags } from './propose-flags.ts';
import { tryPolicy } from './try-policy.ts';

const { db } = await testDatabase();
const policy = seed as Policy;
const changed = (rules: Policy['rules']): Policy => ({ ...policy, rules: { ...policy.rules, ...rules } });
const trial = (proposed: Policy) => tryPolicy({ db, decide, reachingHolds }, policy, proposed);

test('what a policy would change, by rule, type and purpose; by reach too; nothing is written', async () => {
  const { run, land, judge } = await judgedVersions(db);
  const id = await run();
  const found = async (name: string, type: string, patient: string, rule?: string): Promise<string> => {
    const version = await land(id, name, '{}', { type, patient });
    await judge(id, version, 'release', rule === undefined ? {} : { rule });
    return version;
  };
  await found('a', 'Observation', 'p', 'value-blood-pressure');
  await found('b', 'Observation', 'q', 'value-blood-pressure');
  await found('c', 'Condition', 'p');
  await found('d', 'Patient', 'r', 'identity-overlay');
  await found('e', 'Observation', 'r');
  expect(await trial(policy)).toEqual({ looked: 5, changed: 0, changes: [] });
  expect((await trial(changed({ 'value-blood-pressure': { action: 'flag', by: { training: 'hold' } } }))).changes.filter((one) => one.purpose === 'care' || one.purpose === 'training'))
    .toEqual([{ rule: 'value-blood-pressure', type: 'Observation', purpose: 'care', from: 'hold', to: 'release-with-flags', versions: 2, released: 0 }]);
  const milder = await trial(changed({ 'identity-overlay': { action: 'flag' } }));
  expect(milder).toMatchObject({ looked: 5, changed: 2 });
  expect(milder.changes.filter((one) => one.purpose === 'care').map(({ rule, type, from, to }) => [rule, type, from, to])).toEqual([
    ['identity-overlay', 'Patient', 'hold', 'release-with-flags'], ['reach of Patient', 'Observation', 'hold', 'release']]);
  expect((await db.query('select from policy where put_by <> $1', ['test'])).rowCount).toBe(0);
});

test('what is released and would be held is counted as such', async () => {
  const { run, land, judge } = await judgedVersions(db);
  const id = await run();
  const version = await land(id, 'x', '{}', { patient: 'released' });
  await judge(id, version, 'release', { rule: 'value-plausible-range', purposes: ['care'] });
  await db.transaction((tx) => releaseChunk(tx, async () => {}, [version], { run: id, body: {} }));
  const { changes } = await trial(changed({ 'value-plausible-range': { action: 'hold' } }));
  expect(changes.find((one) => one.purpose === 'care')).toMatchObject({ from: 'release-with-flags', to: 'hold', versions: 1, released: 1 });
  expect(changes.find((one) => one.purpose === 'quality')).toMatchObject({ to: 'hold', released: 0 });
});

test('a rule that people found wrong is proposed to flag; a second person puts it in force', async () => {
  await db.query('delete from verdict');
  await db.query('delete from policy');
  const { source } = await judgedVersions(db);
  await db.query('delete from policy');
  const inForce = () => policyInForce(db, policy);
  const decided = async (rule: string, validity: string, count: number): Promise<void> => {
    await db.query(
      `with opened as (insert into exception (source_id, rule, cause, state, priority, reach, owner, due_at)
         select $1, $2, $3 || n, 'closed', 5, 'version', 'mapping', now() from generate_series(1, $4) as n returning id)
       insert into decision (id, exception_id, body, state, by_person, disposition, validity, root_cause, decided_at, effect_at)
       select gen_random_uuid(), id, '{}', 'effective', 'grace', 'release-as-is', $3, 'unknown', now(), now() from opened`, [source, rule, validity, count]);
  };
  await decided('value-blood-pressure', 'rule-wrong', 25);
  await decided('value-blood-pressure', 'true-finding', 4);
  await decided('time-future', 'true-finding', 40);
  await decided('value-plausible-range', 'rule-wrong', 40); // it only flags
  expect(await proposeFlags({ db, policy: inForce }, source)).toBe(0); // 29 decisions are too few
  await decided('value-blood-pressure', 'true-but-acceptable', 6);
  expect(await proposeFlags({ db, policy: inForce }, source)).toBe(1);
  expect(await proposeFlags({ db, policy: inForce }, source)).toBe(0);
  const [proposal] = await proposals(db, 10, 'open');
  expect(proposal).toMatchObject({ rule: 'value-blood-pressure', by: 'fhir-assay', body: { rules: { 'value-blood-pressure': { action: 'flag', priority: 5 } } } });
  expect(proposal?.because).toContain('10 of 35');
  await expect(settleProposal(db, proposal?.id ?? '', true, 'fhir-assay')).rejects.toMatchObject({ code: 'ASSAY_PROPOSAL_SECOND_PERSON' });
  const waiting = async () => (await db.query(`select owner, state, says like '%10 of 35%' as why from exception where rule = 'value-blood-pressure' and cause = 'too often wrong'`)).rows;
  expect(await waiting()).toEqual([{ owner: 'documentation', state: 'open', why: true }]); // its owner is told
  expect((await settleProposal(db, proposal?.id ?? '', true, 'ada')).state).toBe('open'); // no person proposed it
  expect((await inForce()).body.rules['value-blood-pressure']?.action).toBe('hold');
  await expect(settleProposal(db, proposal?.id ?? '', true, 'ada')).rejects.toMatchObject({ code: 'ASSAY_PROPOSAL_SECOND_PERSON' });
  await settleProposal(db, proposal?.id ?? '', true, 'bob');
  expect(await waiting()).toEqual([{ owner: 'documentation', state: 'closed', why: true }]);
  expect((await inForce()).body.rules['value-blood-pressure']?.action).toBe('flag');
  await expect(settleProposal(db, proposal?.id ?? '', false, 'ada')).rejects.toMatchObject({ code: 'ASSAY_PROPOSAL_CLOSED' });
  expect(await proposeFlags({ db, policy: inForce }, source)).toBe(0);
  expect((await changePolicy(db, (await inForce()).body, 'ada')).changed).toBe(false);
  // One event for each of the two: the first who is for it, and the policy.
  const events = (await db.query<{ body: Buffer }>(`select body from event where kind = 'policy-changed' order by id`)).rows.map(({ body }) => JSON.parse(body.toString()) as object);
  expect(events).toMatchObject([{ proposal: proposal?.id, what: 'first-of-two', by: 'ada', signed: false }, { proposal: proposal?.id, by: 'bob' }]);
  expect((await policies(db, 1))[0]).toMatchObject({ by: 'bob', firstBy: 'ada' });
});
