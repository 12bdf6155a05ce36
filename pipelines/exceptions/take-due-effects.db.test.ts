import { expect, test } from 'vitest';
import { asQuery } from '../../ledger/as-query.ts';
import { factTables } from '../../ledger/verify/fact-tables.ts';
import { hmacKey } from '../../ledger/verify/hmac.ts';
import { digestBytes } from '../../ledger/verify/merkle.ts';
import { readWritten, textDigest } from '../../ledger/verify/rows.ts';
import { keepFindings } from '../../storage/finding-lists.ts';
import { openExceptions } from '../../storage/exceptions.ts';
import { testDatabase } from '../../test/support/database.ts';
import { asker, exceptionStage, feedSays, finding, heldCase, stageDeps, view } from '../../test/support/held-cases.ts';
import type { Finding } from '../../terms/finding.ts';
import { purposes } from '../../terms/purpose.ts';
import { settle } from './effect.ts';
import { takeDueEffects } from './take-due-effects.ts';

const { db } = await testDatabase();
const deps = stageDeps(db, 1);
const ask = asker(db, exceptionStage(db, 1));
type Held = Awaited<ReturnType<typeof heldCase>>;
const all = 'care,payment,quality,research,training';

/** As if the window of everything that is decided had ended. */
const windowsOver = () => db.query(`update exception set effect_at = now() - interval '1 second' where effect_at is not null`);
const states = async (exceptions: readonly string[]) => (await db.query<{ said: string }>(
  `select d.state || case when d.settled_at is null then ', not settled' else '' end as said from decision d where d.exception_id = any($1) order by d.exception_id`, [exceptions])).rows.map((row) => row.said);

test('many at once: each in effect once, in the feeds once, under its own events', async () => {
  const cases: Held[] = [];
  for (let n = 0; n < 12; n++) cases.push(await heldCase(db, [`r${n}`, `s${n}`]));
  for (const { exception } of cases) await ask(exception, { act: 'decide', view: view() });
  await windowsOver();
  const taken = await Promise.all([1, 2, 3].map(() => takeDueEffects(deps, 5)));
  expect(taken.reduce((sum, one) => sum + one.taken, 0)).toBe(12);
  expect(taken.flatMap((one) => one.left)).toEqual([]);
  expect(await takeDueEffects(deps, 5)).toEqual({ taken: 0, left: [] });
  for (const [n, { source }] of cases.entries()) expect(await feedSays(db, source)).toEqual([`release r${n} ${all}`, `release s${n} ${all}`]);
  expect(new Set(await states(cases.map((one) => one.exception)))).toEqual(new Set(['effective']));
  const { rows } = await db.query<{ n: string; entries: string; last: string }>('select (select n from feed_head) as n, count(*) as entries, max(sequence) as last from feed_entry');
  expect(rows).toEqual([{ n: rows[0]?.entries, entries: rows[0]?.entries, last: rows[0]?.entries }]);
  const { rows: events } = await db.query<{ decision: string; entries: number; range: number }>(
    `select e ->> 'decision' as decision, sum((e ->> 'entries')::int)::int as entries, sum((e ->> 'last')::int - (e ->> 'first')::int + 1)::int as range
       from (select convert_from(body, 'UTF8')::jsonb as e from event where kind = 'released') as events where e ->> 'decision' is not null group by 1`);
  expect(events).toHaveLength(12);
  for (const one of events) expect(one).toMatchObject({ entries: 2 * purposes.length, range: 2 * purposes.length });
});

test('whatever was decided: released, kept out, asked of a clinician', async () => {
  const [released, kept, asked] = [await heldCase(db, ['a']), await heldCase(db, ['b']), await heldCase(db, ['c'])];
  await ask(released.exception, { act: 'decide', view: view() });
  await ask(kept.exception, { act: 'decide', view: view({ disposition: 'keep-out' }) });
  await ask(asked.exception, { act: 'decide', view: view({ disposition: 'chart-correction', validity: 'true-finding' }) });
  await windowsOver();
  expect(await takeDueEffects(deps, 50)).toEqual({ taken: 3, left: [] });
  expect(await Promise.all([released, kept, asked].map((one) => feedSays(db, one.source)))).toEqual([[`release a ${all}`], [], []]);
  const { rows } = await db.query(`select state, turn from exception where id = any($1) order by id`, [[released, kept, asked].map((one) => one.exception)]);
  expect(rows).toEqual([{ state: 'closed', turn: 'us' }, { state: 'closed', turn: 'us' }, { state: 'open', turn: 'clinician' }]);
});

test('two decisions on one version: the second goes on alone, and the version leaves once', async () => {
  const { exception, source, run } = await heldCase(db, ['a']);
  await db.transaction(async (tx) => {
    const { rows: [one] } = await tx.query<{ id: string; version: string; source: number; findings: Finding[] }>(
      `select a.id, a.version_id as version, v.source_id as source, a.findings from assessment a join version v on v.id = a.version_id where v.run_id = $1`, [run]);
    const [list] = await keepFindings(tx, [[...one!.findings, finding('reference-missing')]]);
    await tx.query('update assessment set finding_list = $2 where id = $1', [one!.id, list]);
    await openExceptions(tx, one!.source, [{ rule: 'reference-missing', cause: 'c', version: one!.version, assessment: one!.id,
      finding: 1, purposes, retraction: false, priority: 5, reach: 'version', owner: 'documentation', dueDays: 3 }]);
  });
  const { rows: [other] } = await db.query<{ id: string }>(`select e.id from exception e join source s on s.id = e.source_id where s.name = $1 and e.rule = 'reference-missing'`, [source]);
  for (const one of [exception, other!.id]) await ask(one, { act: 'decide', view: view() });
  await windowsOver();
  const { taken, left } = await takeDueEffects(deps, 50);
  expect([taken, left.length]).toEqual([2, 1]);
  expect(await states([exception, other!.id])).toContain('effective, not settled');
  for (const one of left) await settle(deps, one, 'took-effect');
  expect(await states([exception, other!.id])).toEqual(['effective', 'effective']);
  expect(await feedSays(db, source)).toEqual([`release a ${all}`]);
});

test('what the events cover is what stands in the rows', async () => {
  const keys = new Map((await db.query<{ name: string; key: Buffer }>(`select source_id || ' ' || patient as name, key from subject_key`)).rows.map(({ name, key }) => [name, hmacKey(key)]));
  const { rows: events } = await db.query<{ covers: string[]; hashes: Buffer; sections: (string | number)[] }>(
    `select covers, hashes, convert_from(body, 'UTF8')::jsonb -> 'covered' as sections from event where hashes is not null`);
  let compared = 0;
  for (const { covers, hashes, sections } of events) {
    for (let at = 0, from = 0; at < sections.length; from += Number(sections[at + 1]), at += 2) {
      const ids = covers.slice(from, from + Number(sections[at + 1]));
      const written = await readWritten(asQuery(db), factTables.find((one) => one.table === sections[at])!, ids);
      for (const [place, id] of ids.entries()) {
        const row = written.get(id)!;
        const digest = digestBytes(textDigest(row.text, row.source === null ? undefined : keys.get(`${row.source} ${row.patient}`)));
        expect(`${sections[at]} ${digest.toString('hex')}`).toBe(`${sections[at]} ${hashes.subarray(32 * (from + place), 32 * (from + place + 1)).toString('hex')}`);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(150);
});
