import { afterAll, beforeAll, expect, test } from 'vitest';
import seed from '../../../fhir-profiles/policy/default.json' with { type: 'json' };
import { changePolicy, seedPolicy } from '../../../apps/product/change-policy.ts';
import { tryProposals } from '../../../apps/worker/try-proposals.ts';
import { propose as proposeOfItself } from '../../../storage/policies.ts';
import { usualDecisions, type Policy } from '../../../terms/policy.ts';
import type { PolicyTrial } from '../../../terms/policy-trial.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { judgedVersions } from '../../../test/support/judged-versions.ts';
import { signedInApi, type SignedInApi, type Visitor } from '../../../test/support/sign-in.ts';
import { createLog } from '../../../apps/log.ts';

const { db } = await testDatabase();
const policy = seed as Policy;
const { by: _held, ...rule } = policy.rules['value-blood-pressure']!;
const milder = { ...policy, rules: { ...policy.rules, 'value-blood-pressure': { ...rule, action: 'flag' as const } } };
/** As a worker does it: what nobody has tried yet. */
const work = tryProposals(db, createLog('worker'), new AbortController().signal);
const signature = { meaning: 'I put this policy in force.' };

type Standing = { inForce: { id: number; by: string; firstBy: string | null; body: Policy }; before: { id: number }[]; proposals: { id: string; by: string; because: string; trial: PolicyTrial | null; first: { by: string | null } | null }[] };
let api: SignedInApi;
let [grace, henrik, mara]: Visitor[] = [];
beforeAll(async () => {
  api = await signedInApi(db);
  [grace, henrik, mara] = await Promise.all(['grace', 'henrik', 'mara'].map((one) => api.as(one)));
  const { run, land, judge } = await judgedVersions(db);
  await db.query('delete from policy');
  await seedPolicy(db, policy);
  const id = await run();
  for (const name of ['a', 'b']) await judge(id, await land(id, name, '{}', { type: 'Observation', patient: name }), 'hold', { rule: 'value-blood-pressure' });
});
afterAll(() => api.stop());

const standing = async (who: Visitor | undefined = mara): Promise<Standing> => (await who!.get<Standing>('/api/policy')).body;
const propose = async (body: unknown = milder): Promise<{ status: number; id: string }> => {
  const { status, body: { proposal } } = await grace!.send<{ proposal: string }>('POST', '/api/policy/proposals', { body, because: 'They are read twice anyway.' });
  return { status, id: proposal };
};
const settle = (who: Visitor | undefined, id: string, how: 'accept' | 'refuse') => who!.send('POST', `/api/policy/proposals/${id}/${how}`, how === 'accept' ? { signature } : undefined);

test('what is proposed is tried before anything changes, and what it would change is answered; then another governor signs it into force', async () => {
  const before = await standing();
  const { status, id } = await propose();
  expect(status).toBe(201);
  // Nobody tried it yet: that is said, not guessed.
  expect((await standing()).proposals).toMatchObject([{ id, by: 'grace', because: 'They are read twice anyway.', trial: null }]);
  await work();
  const { proposals: [tried], inForce } = await standing();
  expect(tried?.trial).toMatchObject({ looked: 2, changed: 2 });
  expect(tried?.trial?.changes.find(({ purpose }) => purpose === 'care')).toEqual({ rule: 'value-blood-pressure', type: 'Observation', purpose: 'care', from: 'hold', to: 'release-with-flags', versions: 2, released: 0 });
  expect(inForce).toEqual(before.inForce);

  expect(await settle(grace, id, 'accept')).toMatchObject({ status: 403, body: { code: 'ASSAY_PROPOSAL_SECOND_PERSON' } });
  expect(await settle(mara, id, 'accept')).toMatchObject({ status: 403, body: { code: 'ASSAY_FORBIDDEN' } });
  expect(await settle(henrik, id, 'accept')).toMatchObject({ status: 403, body: { code: 'ASSAY_CASE_SIGNATURE' } });
  expect((await standing()).inForce).toEqual(before.inForce);
  await henrik!.openSigning();
  expect((await settle(henrik, id, 'accept')).status).toBe(204);
  const after = await standing();
  expect(after).toMatchObject({ inForce: { by: 'henrik', body: { rules: { 'value-blood-pressure': { action: 'flag' } } } }, proposals: [] });
  expect(after.before[0]?.id).toBe(before.inForce.id);
  expect(await settle(henrik, id, 'refuse')).toMatchObject({ status: 409, body: { code: 'ASSAY_PROPOSAL_CLOSED' } });
});

test('what is refused, or taken back by who proposed it, changes nothing', async () => {
  const { inForce } = await standing();
  for (const who of [henrik, grace]) {
    const { id } = await propose({ ...policy, undoSeconds: 99 });
    expect((await settle(who, id, 'refuse')).status).toBe(204);
    expect(await settle(henrik, id, 'refuse')).toMatchObject({ status: 409 });
  }
  expect(await standing()).toMatchObject({ inForce: { id: inForce.id }, proposals: [] });
});

test('what is no policy, of no proposal, or of no governor is refused', async () => {
  expect(await grace!.send('POST', '/api/policy/proposals', { body: { ...policy, rules: { 'value-blood-pressure': { action: 'perhaps' } } }, because: 'No.' })).toMatchObject({ status: 400, body: { code: 'ASSAY_POLICY_INVALID' } });
  expect(await mara!.send('POST', '/api/policy/proposals', { body: milder, because: 'Mine.' })).toMatchObject({ status: 403 });
  expect(await settle(henrik, '999999', 'refuse')).toMatchObject({ status: 404, body: { code: 'ASSAY_PROPOSAL_UNKNOWN' } });
  expect((await standing()).proposals).toEqual([]);
});

test('what no person proposed needs two governors, each with a signature; who was first is kept from the second until he has spoken', async () => {
  const { inForce } = await standing();
  const id = await db.transaction((tx) => proposeOfItself(tx, { body: { ...inForce.body, undoSeconds: 77 }, fromPolicy: inForce.id, rule: 'time-future', because: 'Too often wrong.', by: 'fhir-assay' })) ?? '';
  await work();
  grace = await api.as('grace');
  expect(await settle(grace, id, 'accept')).toMatchObject({ status: 403, body: { code: 'ASSAY_CASE_SIGNATURE' } });
  expect((await standing(henrik)).proposals).toMatchObject([{ id, first: null }]);
  await grace.openSigning();
  expect((await settle(grace, id, 'accept')).status).toBe(204);
  expect((await standing(henrik)).proposals).toMatchObject([{ id, first: { by: null } }]);
  expect((await standing(grace)).proposals).toMatchObject([{ id, first: { by: 'grace' } }]);
  expect(await settle(grace, id, 'accept')).toMatchObject({ status: 403, body: { code: 'ASSAY_PROPOSAL_SECOND_PERSON' } });
  expect((await standing()).inForce.id).toBe(inForce.id);
  await henrik!.openSigning();
  expect((await settle(henrik, id, 'accept')).status).toBe(204);
  expect(await standing()).toMatchObject({ inForce: { by: 'henrik', firstBy: 'grace', body: { undoSeconds: 77 } }, proposals: [] });
  const { rows: [signed] } = await db.query('select first_signature as first, signature as second from policy_proposal where id = $1', [id]);
  expect(signed).toMatchObject({ first: { meaning: signature.meaning, name: 'Grace Mbeki' }, second: { name: 'Henrik Solberg' } });
});

test('where no two decide blind, the first is named at once', async () => {
  const { inForce } = await standing();
  const openly = { ...inForce.body, decisions: { ...usualDecisions, fourEyes: { priorities: [], beyondMembers: false } } };
  await changePolicy(db, openly, 'ada');
  const { inForce: { id: from } } = await standing();
  const id = await db.transaction((tx) => proposeOfItself(tx, { body: { ...openly, undoSeconds: 78 }, fromPolicy: from, rule: 'time-future', because: 'Too often wrong.', by: 'fhir-assay' })) ?? '';
  await work();
  await grace!.openSigning();
  expect((await settle(grace, id, 'accept')).status).toBe(204);
  expect((await standing(henrik)).proposals).toMatchObject([{ id, first: { by: 'grace' } }]);
});
