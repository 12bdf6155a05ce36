import { expect, test } from 'vitest';
import seed from '../../fhir-profiles/policy/default.json' with { type: 'json' };
import { policyInForce } from '../../storage/assessment.ts';
import type { Policy } from '../../terms/policy.ts';
import { policyRule } from '../triage/policy-rule.ts';
import { alarms } from '../../storage/alarms.ts';
import { saveTally } from '../../storage/landed-tally.ts';
import { chance } from '../../test/support/chance.ts';
import { testDatabase } from '../../test/support/database.ts';
import { asker, exceptionStage } from '../../test/support/held-cases.ts';
import { queue } from '../../storage/queue.ts';
import { judgedVersions } from '../../test/support/judged-versions.ts';
import { landedTally } from '../../validators/integrity/templates/landed-tally.ts';
import { judgeRun } from './monitors.ts';

const { db } = await testDatabase();
const policy = async () => ({ ...await policyInForce(db, seed as Policy), body: seed as Policy });
const asOf = '2026-11-24T12:00:00Z';
const tests: readonly (readonly [loinc: string, unit: string, share: number])[] = [['2345-7', 'mg/dL', 0.3], ['2160-0', 'mg/dL', 0.25], ['718-7', 'g/dL', 0.25], ['2823-3', 'mmol/L', 0.2]];

type Drift = { readonly volume?: number; readonly unit?: Readonly<Record<string, string>>; readonly category?: number; readonly late?: number };

/** A day's results of one laboratory: how many, which, when, with chance's own variation. */
function day(random: () => number, { volume = 1, unit = {}, category = 0.95, late = 0.1 }: Drift) {
  const count = Math.round(900 * volume * (0.9 + 0.2 * random()));
  return Array.from({ length: count }, (_, at) => {
    let draw = random();
    const [loinc, given] = tests.find(([, , share]) => (draw -= share) < 0) ?? tests[0]!;
    return { resourceType: 'Observation', id: `o${at}`, status: 'final', subject: { reference: 'Patient/p' },
      effectiveDateTime: random() < late ? '2026-10-01T10:00:00Z' : '2026-11-23T10:00:00Z', code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
      ...(random() < category ? { category: [{}] } : {}), ...(random() < 0.97 ? { valueQuantity: { value: 5, code: unit[loinc] ?? given } } : {}) };
  });
}

/** Ordinary runs, then one with the drift. @returns what was said of each run */
async function series(seed: number, ordinary: number, drift: Drift, failed?: string): Promise<string[][]> {
  const { source, run } = await judgedVersions(db);
  const random = chance(seed);
  const said: string[][] = [];
  for (let at = 0; at <= ordinary; at++) {
    const id = await run();
    const tally = landedTally(asOf);
    for (const resource of day(random, at === ordinary ? drift : {})) tally.add(resource, '1');
    await db.transaction((tx) => saveTally(tx, { source, run: id, file: '1', fromLine: 1 }, tally.done()));
    if (failed !== undefined && at === ordinary) await db.query(`insert into run_type (run_id, type, state) values ($1, $2, 'failed')`, [id, failed]);
    await judgeRun({ db, policy, policyRule }, { source, run: id });
    await judgeRun({ db, policy, policyRule }, { source, run: id }); // a repeated call says nothing twice
    await db.query(`update run set state = 'completed' where id = $1`, [id]);
    const { rows } = await db.query<{ says: string }>(`select rule || ' ' || (finding ->> 'cause') as says from alarm where run_id = $1 order by 1`, [id]);
    said.push(rows.map((row) => row.says));
  }
  return said;
}

test('twenty ordinary runs are silent, three times over', { timeout: 60_000 }, async () => {
  for (const seed of [1, 2, 3]) expect((await series(seed, 20, {})).flat()).toEqual([]);
});

test.for<[string, Drift, string[]]>([
  ['two fifths fewer', { volume: 0.6 }, ['monitor-volume Observation']],
  ['twice as many', { volume: 2 }, ['monitor-volume Observation']],
  ['none at all', { volume: 0 }, ['monitor-volume Observation']],
  ['another unit in one laboratory code', { unit: { '2345-7': 'mmol/L' } }, ['monitor-prevalence loinc 2345-7 in mg/dL', 'monitor-prevalence loinc 2345-7 in mmol/L']],
  ['an element that a mapping lost', { category: 0.4 }, ['monitor-completeness Observation.category']],
  ['most come late', { late: 0.8 }, ['monitor-lag Observation']],
])('found in the run after it: %s', { timeout: 60_000 }, async ([, drift, expected]) => {
  const said = await series(7, 8, drift);
  expect(said.slice(0, -1).flat()).toEqual([]);
  expect(said.at(-1)).toEqual(expected);
});

test('a type that could not be extracted is no drift', async () => {
  expect((await series(7, 8, { volume: 0.3, unit: { '2345-7': 'mmol/L' } }, 'Observation')).flat()).toEqual([]);
  expect((await series(7, 8, { volume: 0.3 }, 'Condition')).flat()).not.toEqual([]);
});

test('with fewer than five runs before it nothing is said', async () => {
  expect((await series(9, 4, { volume: 0.2 })).flat()).toEqual([]);
  expect((await alarms(db, 1000)).every((alarm) => alarm.seenBy === null)).toBe(true);
});

test('people override a model twice as often, or never any more', async () => {
  for (const [share, expected] of [[0.4, true], [0, true], [0.21, false]] as const) {
    const { source, run } = await judgedVersions(db);
    const { rows: [opened] } = await db.query<{ id: string }>(
      `insert into exception (source_id, rule, cause, priority, reach, owner, due_at) values ($1, 'ai-no-human-verifier', 'DocumentReference by scribe', 3, 'version', 'ai', now()) returning id`, [source]);
    const random = chance(11);
    const said: string[][] = [];
    for (let at = 0; at <= 7; at++) {
      const id = await run();
      await db.query('update run set as_of = now() where id = $1', [id]);
      // In the fourth run three decisions wait for more.
      const overridden = Array.from({ length: at === 3 ? 3 : 200 }, (_, n) => (at === 7 ? n < 200 * share : random() < 0.2));
      await db.query(
        `insert into decision (id, exception_id, body, state, by_person, disposition, validity, root_cause, decided_at, effect_at)
         select gen_random_uuid(), $1, '{}', 'effective', 'grace', case when o then 'release-as-is' else 'keep-out' end, 'cannot-tell', 'unknown', (select as_of from run where id = $3), now() from unnest($2::bool[]) as o`,
        [opened?.id, overridden, id]);
      await judgeRun({ db, policy, policyRule }, { source, run: id });
      await db.query(`update run set state = 'completed' where id = $1`, [id]);
      const { rows } = await db.query<{ says: string }>(`select rule || ' ' || (finding ->> 'cause') as says from alarm where run_id = $1 order by 1`, [id]);
      said.push(rows.map((row) => row.says));
    }
    expect(said.slice(0, -1).flat()).toEqual([]);
    expect(said.at(-1)).toEqual(expected ? ['monitor-override-rate model scribe', 'monitor-override-rate rule ai-no-human-verifier'] : []);
  }
});

test('what left its band waits in the queue for its owner, once while it is open, and an answer closes it', async () => {
  const stage = exceptionStage(db);
  const ask = asker(db, stage);
  await series(5, 12, { volume: 0.6 });
  const alarms = await db.query<{ exception: string; cause: string; owner: string; says: string; records: number }>(
    `select e.id as exception, e.cause, e.owner, e.says, (select count(*)::int from exception_member m where m.exception_id = e.id) as records
       from alarm a join exception e on e.id = a.exception_id where a.rule = 'monitor-volume' and e.state = 'open' order by e.id`);
  expect(alarms.rows.length).toBeGreaterThan(0);
  const [{ exception, cause, owner, says, records } = { exception: '', cause: '', owner: '', says: '', records: 0 }] = alarms.rows;
  expect({ owner, records }).toEqual({ owner: 'mapping', records: 0 });
  expect(says).toContain(cause);
  expect((await queue(db, { rule: 'monitor-volume' }, 10)).rows.find((row) => row.id === exception)).toMatchObject({ says, records: 0, waits: [] });
  expect(await ask(exception, { act: 'answer', validity: 'true-finding', reason: 'The interface was down.' }, 'eve', ['steward'])).toMatchObject({ refused: 'ASSAY_CASE_ROLE' });
  expect(await ask(exception, { act: 'answer', validity: 'true-finding', reason: 'The interface was down.' }, 'eve', ['engineer'])).toEqual({ done: true, exception });
  expect((await db.query('select state, closed_by as by from exception where id = $1', [exception])).rows).toEqual([{ state: 'closed', by: 'decided' }]);
});
