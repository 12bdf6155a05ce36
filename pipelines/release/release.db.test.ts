import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendEvents } from '../../ledger/append.ts';
import { testDatabase } from '../../test/support/database.ts';
import { judgedVersions, type Judged } from '../../test/support/judged-versions.ts';
import { purposes } from '../../terms/purpose.ts';
import type { VerdictOutcome } from '../../terms/verdict.ts';
import { createReleaseActivities } from './activities.ts';

const { db } = await testDatabase();
const { releasePartition, releaseDecided, retractVersions } = createReleaseActivities({ db, appendEvents });
let judged: Judged;
beforeEach(async () => { judged = await judgedVersions(db); });

// What is counted as it is written is what counting the entries gives.
afterEach(async () => {
  const { rows: [row] } = await db.query<{ tally: unknown; counted: unknown }>(
    `select (select jsonb_object_agg(type || ' ' || purpose, jsonb_build_array(entries, last)) from feed_tally where source_id = $1) as tally,
            (select jsonb_object_agg(type || ' ' || purpose, of) from (select type, purpose, jsonb_build_array(count(*), max(sequence)) as of from feed_entry where source_id = $1 group by 1, 2) as e) as counted`, [judged.source]);
  expect(row?.tally).toEqual(row?.counted);
});

/** One run that lands one version of resource `a`, judges it for care and releases what it may. */
async function goes(text: string | null, outcome?: VerdictOutcome, more?: { rule?: string; withdraw?: boolean; head?: boolean }): Promise<string> {
  const run = await judged.run();
  const version = await judged.land(run, 'a', text, { head: more?.head ?? true });
  if (outcome) await judged.judge(run, version, outcome, { purposes: ['care'], ...more });
  await releasePartition(await judged.partition(run));
  return version;
}
/** What a reader of the purpose was told, as "kind version[ about place][ reason]"; versions and entries counted from 1. */
async function told(purpose = 'care'): Promise<string[]> {
  const { rows } = await db.query<{ said: string }>(
    `with said as (select *, row_number() over (order by sequence) as place from feed_entry where source_id = $1 and purpose = $2)
     select concat_ws(' ', kind, 'v' || (select ordinal from version v where v.id = e.version_id),
            'about ' || (select place from said o where o.sequence = e.about), reason) as said
       from said e order by sequence`, [judged.source, purpose]);
  return rows.map((row) => row.said);
}

describe('release', () => {
  test('A → B → A: three releases, in order; again: nothing', async () => {
    for (const text of ['A', 'B', 'A']) await goes(text, 'release');
    expect(await told()).toEqual(['release v1', 'release v2', 'release v3']);
    await releasePartition(await judged.partition(await judged.run()));
    expect(await told()).toHaveLength(3);
  });

  test('a late older version is superseded, never released', async () => {
    await goes('new', 'release');
    const late = await goes('old', 'release', { head: false });
    expect(await releaseDecided([late])).toEqual({ released: 0, retracted: 0, stale: 0 });
    expect(await told()).toEqual(['release v1']);
  });

  test('v1 held when v2 lands is superseded, even if a person lets it go then', async () => {
    const held = await goes('1', 'hold');
    await goes('2', 'release');
    await judged.judge(await judged.run(), held, 'release');
    await releaseDecided([held]);
    expect(await told()).toEqual(['release v2']);
  });

  test('v2 held, policy keep: one stale notice that names v1, none for v3; v4 clean is released', async () => {
    await goes('1', 'release');
    await goes('2', 'hold');
    await goes('3', 'hold');
    await goes('4', 'release');
    expect(await told()).toEqual(['release v1', 'stale v1 about 1', 'release v4']);
  });

  test('v2 held, policy withdraw: a retraction about v1', async () => {
    await goes('1', 'release');
    await goes('2', 'hold', { withdraw: true });
    expect(await told()).toEqual(['release v1', 'retraction v1 about 1 newer-held']);
  });

  test('deleted: retracted where it was out, after a stale notice too; it comes back as a new version', async () => {
    await goes('1', 'release');
    await goes('2', 'hold');
    await goes(null);
    await goes(null);
    await goes('5', 'release');
    expect(await told()).toEqual(['release v1', 'stale v1 about 1', 'retraction v1 about 1 deleted', 'release v5']);
    expect(await told('quality')).toEqual([]);
  });

  test('entered in error: retracted; excluded for another reason: stale', async () => {
    await goes('1', 'release');
    await goes('2', 'exclude', { rule: 'status-withdrawn' });
    await goes('3', 'release');
    await goes('4', 'exclude', { rule: 'duplicate-content' });
    expect(await told()).toEqual(['release v1', 'retraction v1 about 1 withdrawn', 'release v3', 'stale v3 about 3']);
  });

  test('each purpose by itself; what is judged again for one is released for that one', async () => {
    const run = await judged.run();
    const version = await judged.land(run, 'a', '1');
    await judged.judge(run, version, 'release-with-flags');
    await judged.judge(run, version, 'hold', { purposes: ['training'] });
    expect(await releasePartition(await judged.partition(run))).toEqual({ released: purposes.length - 1, retracted: 0, stale: 0 });
    expect(await told('training')).toEqual([]);
    const later = await judged.run();
    await judged.judge(later, version, 'release', { purposes: ['training'] });
    expect(await releasePartition(await judged.partition(later))).toEqual({ released: 1, retracted: 0, stale: 0 });
    expect(await told('training')).toEqual(['release v1']);
  });

  test('released and failing now: left to a person; a signed reversal takes it back, and no run undoes that', async () => {
    const version = await goes('1', 'release');
    const run = await judged.run();
    await judged.judge(run, version, 'hold');
    await releasePartition(await judged.partition(run));
    expect(await told()).toEqual(['release v1']);
    await retractVersions([version], ['care'], 'reversed');
    await retractVersions([version], ['care'], 'reversed');
    await judged.judge(run, version, 'release');
    await releasePartition(await judged.partition(run));
    expect(await told()).toEqual(['release v1', 'retraction v1 about 1 reversed']);
  });

  test('the same partition released by three workers at once: each version once, the sequence dense', async () => {
    const run = await judged.run();
    for (let i = 0; i < 450; i++) await judged.judge(run, await judged.land(run, `r${i}`, `${i}`), 'release', { purposes: ['care'] });
    const partition = await judged.partition(run);
    const counts = await Promise.all([1, 2, 3].map(() => releasePartition(partition)));
    expect(counts.map((count) => count.released).reduce((a, b) => a + b)).toBe(450);
    const { rows: [row] } = await db.query<{ n: string; entries: string; last: string; state: string }>(
      `select (select n from feed_head), (select count(*) from feed_entry) as entries, (select max(sequence) from feed_entry) as last,
              (select state from partition where id = $1)`, [partition]);
    expect(row).toEqual({ n: row?.entries, entries: row?.last, last: row?.n, state: 'released' });
  });

  test('the event covers the entries and is written with them', async () => {
    await goes('1', 'release');
    await goes(null);
    const { rows } = await db.query<{ body: Buffer }>(`select body from event where kind in ('released', 'retracted') order by id desc limit 2`);
    const { rows: [head] } = await db.query<{ n: string }>('select n from feed_head');
    const n = Number(head?.n);
    expect(rows.map((row) => JSON.parse(row.body.toString()))).toMatchObject([
      { kind: 'retracted', entries: 1, first: n, last: n, root: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { kind: 'released', entries: 1, first: n - 1, last: n - 1 },
    ]);
  });
});
