import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { changePolicy } from '../../apps/product/change-policy.ts';
import { policySeed } from '../../apps/policy-file.ts';
import { exactResourceOf } from '../../sandbox/store.ts';
import { askCase } from '../../apps/temporal/cases.ts';
import { keepCommand } from '../../storage/cases.ts';
import { tasksOf } from '../../storage/case-tasks.ts';
import { view } from '../support/held-cases.ts';
import { signedInApi } from '../support/sign-in.ts';
import { testProduct } from '../support/product.ts';
import { readFeed } from '../support/read-feed.ts';

const { db, temporal, sandbox, run } = await testProduct({ env: { ASSAY_LOG: 'warn' } });
const api = await signedInApi(db);
afterAll(() => api.stop());

async function until<T>(what: () => Promise<T>, holds: (found: T) => boolean): Promise<T> {
  for (const end = Date.now() + 30_000; ; await sleep(100)) {
    const found = await what();
    if (holds(found) || Date.now() > end) return found;
  }
}

test('a correction is asked of the EHR, which makes it; the next run brings it, and the case closes by itself; what a suspended model asserts from then on is held', { timeout: 180_000 }, async () => {
  await changePolicy(db, { ...policySeed, undoSeconds: 0 }, 'test');
  expect((await run()).state).toBe('completed');
  const label = sandbox.labels.find(({ rule, wrong }) => rule === 'value-blood-pressure' && wrong);
  const { rows: [held] } = await db.query<{ exception: string; purposes: string[] }>(
    `select m.exception_id as exception, m.purposes from exception_member m join exception e on e.id = m.exception_id join version v on v.id = m.version_id
      where e.rule = 'value-blood-pressure' and v.logical_id = $1 and m.state = 'waiting'`, [label?.id]);
  if (held === undefined || label === undefined) throw new Error('nothing is held for the planted defect');
  const { exception } = held;
  const { rows: [{ records } = { records: [] }] } = await db.query<{ records: string[] }>(
    `select array_agg(distinct v.logical_id) as records from exception_member m join version v on v.id = m.version_id where m.exception_id = $1`, [exception]);

  sandbox.requests.refuseNext(2);
  const command = randomUUID();
  const asked = { act: 'decide', view: view({ disposition: 'chart-correction', validity: 'true-finding', purposes: held.purposes as ReturnType<typeof view>['purposes'], reason: 'The two were swapped.' }) } as const;
  await keepCommand(db, { command, exception, asked, person: 'mara', roles: ['steward'] });
  await askCase(temporal, exception, command);
  expect(await until(async () => sandbox.requests.deliveries.length, (count) => count > 0)).toBe(1);
  expect(sandbox.requests.deliveries[0]).toMatchObject({ id: `${command}.requested`, task: command, status: 'requested' });
  expect(sandbox.requests.deliveries[0]?.records).toEqual(records.map((id) => `${sandbox.fhirBase}/Observation/${id}`).sort());

  sandbox.requests.answer(command);
  const suspended = await suspendedModel();
  expect((await run()).state).toBe('completed');
  const { rows: [row] } = await db.query('select state, closed_by as "closedBy" from exception where id = $1', [exception]);
  expect(row).toEqual({ state: 'closed', closedBy: 'superseded' });
  expect((await tasksOf(db, exception)).map(({ state }) => state)).toEqual(['completed']);
  expect(await until(async () => sandbox.requests.deliveries.map(({ status }) => status), (told) => told.length > 1)).toEqual(['requested', 'completed']);
  const corrected = (await readFeed(db, 'care')).filter(({ type, id }) => type === 'Observation' && id === label.id);
  expect(corrected.map(({ kind }) => kind)).toEqual(['release']);
  expect(sandbox.store.head('Observation', label.id)?.bytes?.equals(Buffer.from(corrected[0]?.value ?? ''))).toBe(true);
  await suspended.holds();
});

/** A model is suspended by a governor, and asserts something afterwards, which the next run brings. */
async function suspendedModel() {
  const model = 'social-history-reader';
  const [grace, before] = [await api.as('grace'), sandbox.labels.find(({ rule }) => rule === 'ai-labelled-observation')];
  type Released = { total: number; records: { id: string; purposes: string[] }[] };
  const released = async (): Promise<Released> => (await grace.get<Released>(`/api/oversight/released?model=${model}`)).body;
  const out = await released();
  expect(out.records.map(({ id }) => id)).toContain(before?.id);
  expect((await grace.send('POST', '/api/oversight/suspensions', { model })).status).toBe(204);
  const device = [...sandbox.store.current('Device')].find((one) => exactResourceOf(one)['modelNumber'] === model)?.id;
  const old = sandbox.store.head('Observation', before?.id ?? '');
  if (old === undefined) throw new Error('the sandbox has nothing of the model');
  const at = new Date(Date.now() + 1_000).toISOString();
  sandbox.put({ ...exactResourceOf(old), resourceType: 'Observation', id: 'asserted-later', effectiveDateTime: at, issued: at });
  sandbox.put({
    resourceType: 'Provenance', id: 'asserted-later-made', target: [{ reference: 'Observation/asserted-later' }], recorded: at, occurredDateTime: at,
    agent: [{ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'assembler' }] }, who: { reference: `Device/${device}` } }],
  });
  return {
    async holds() {
      const { rows } = await db.query<{ outcome: string; rules: string[] }>(
        `select d.outcome, array(select a.findings -> i ->> 'rule' from unnest(d.because) as i) as rules from version v
           join verdict d on d.version_id = v.id and d.current join assessment a on a.id = d.assessment_id where v.logical_id = 'asserted-later'`);
      expect(rows.filter(({ outcome, rules }) => outcome === 'hold' && rules.includes('ai-model-not-approved'))).not.toEqual([]);
      expect((await readFeed(db, 'training')).filter(({ id }) => id === 'asserted-later')).toEqual([]);
      // What went before stays out there, and is listed for whoever may take it back.
      expect((await released()).records.map(({ id }) => id).sort()).toEqual(out.records.map(({ id }) => id).sort());
    },
  };
}
