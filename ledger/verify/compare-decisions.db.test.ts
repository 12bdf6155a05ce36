import { setTimeout as passes } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { asker, exceptionStage, heldCase, signature, view } from '../../test/support/held-cases.ts';
import type { Queryable } from '../../storage/connect.ts';
import { asQuery } from '../as-query.ts';
import { compareDecisions } from './compare-decisions.ts';
import { collectTroubles } from './trouble.ts';

const { db } = await testDatabase();
const stage = exceptionStage(db);
const ask = asker(db, stage);
let looked = { decision: 0, ruling: 0 };
async function troubled(on: Queryable): Promise<string[]> {
  const troubles = collectTroubles();
  looked = await compareDecisions(asQuery(on), troubles);
  return [...new Set(troubles.list.map((one) => `${one.table} ${one.kind}`))].sort();
}

beforeAll(async () => {
  const held = async () => (await heldCase(db, ['a'])).exception;
  await ask(await held(), { act: 'decide', view: view() });
  await ask(await held(), { act: 'decide', view: view({ disposition: 'keep-out', scope: 'cause' }) });
  await ask(await held(), { act: 'decide', view: view({ disposition: 'chart-correction' }) });
  const reversed = await held();
  await ask(reversed, { act: 'decide', view: view({ disposition: 'release-with-flag' }) });
  const { rows: [made] } = await db.query<{ id: string }>('select id from decision where exception_id = $1', [reversed]);
  await ask(reversed, { act: 'reverse', decision: made!.id, reason: 'Wrong patient.', signature });
  const waits = exceptionStage(db, 60);
  const undone = await held();
  await asker(db, waits)(undone, { act: 'decide', view: view() });
  await asker(db, waits)(undone, { act: 'undo' });
  await asker(db, waits)(await held(), { act: 'decide', view: view() }); // pending
  const ended = await held();
  await ask(ended, { act: 'decide', view: view({ expiresAt: new Date(Date.now() + 1_500).toISOString() }) });
  await passes(1_510);
  await stage.caseDue(ended);
});

test('decisions in every state are what the events of their cases say', async () => {
  const { rows } = await db.query<{ state: string; ended: string | null }>('select d.state, r.ended_by as ended from decision d left join ruling r on r.decision_id = d.id order by 1, 2');
  expect(rows.map((row) => `${row.state} ${row.ended}`)).toEqual(['effective expired', 'effective null', 'effective null', 'effective null', 'pending null', 'reversed reversed', 'undone null']);
  expect(await troubled(db)).toEqual([]);
  expect(looked).toEqual({ decision: 7, ruling: 4 });
});

const anyRuling = '(select decision_id from ruling where ended_at is null order by decision_id limit 1)';
test.for([
  [`update decision set by_person = 'mallory' where id = ${anyRuling}`, 'decision row-changed'],
  [`update decision set body = jsonb_set(body, '{reason}', '"As told."') where id = ${anyRuling}`, 'decision row-changed'],
  [`update decision set decided_at = decided_at - interval '1 day' where id = ${anyRuling}`, 'decision row-changed'],
  [`update decision set state = 'effective' where state = 'reversed'`, 'decision row-changed'],
  [`delete from decision where state = 'undone'`, 'decision row-removed'],
  [`insert into decision select (overriding_row).* from (select jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid())) as overriding_row from decision d limit 1) as made`, 'decision row-changed'],
  [`update ruling set expires_at = expires_at + interval '1 year' where expires_at is not null and decision_id = (select decision_id from ruling where expires_at is not null limit 1)`, 'ruling row-changed'],
  [`update ruling set cause = 'another' where decision_id = ${anyRuling}`, 'ruling row-changed'],
  [`update ruling set purposes = array['care'] where decision_id = ${anyRuling}`, 'ruling row-changed'],
  [`update ruling set ended_by = null, ended_at = null where ended_by = 'reversed'`, 'ruling row-changed'],
  [`delete from ruling where decision_id = ${anyRuling}`, 'ruling row-removed'],
] as const)('%s', async ([sql, found]) => {
  await expect(db.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica');
    expect((await tx.query(sql)).rowCount).toBe(1);
    throw new Error((await troubled(tx)).join());
  })).rejects.toThrow(found);
});
