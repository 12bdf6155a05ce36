import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { asker, exceptionStage, feedSays, finding, heldCase, signature, view } from '../../test/support/held-cases.ts';
import { beginRun, everyPurpose, judgeRun, landItems, resource } from '../../test/support/recorded-run.ts';
import { openExceptions } from '../../storage/exceptions.ts';
import { decisionsOf } from '../../storage/decisions.ts';
import { keepFindings } from '../../storage/finding-lists.ts';
import type { Finding } from '../../terms/finding.ts';

const { db } = await testDatabase();
const stage = exceptionStage(db);
const ask = asker(db, stage);
const caseRow = async (exception: string) => (await db.query(`select state, closed_by as "closedBy", turn, assignee, owner, escalated from exception where id = $1`, [exception])).rows[0];
const all = 'care,payment,quality,research,training';

describe('a decision', () => {
  test('releases as is, once, and closes the case', async () => {
    const { exception, source } = await heldCase(db, ['a', 'b']);
    const command = '00000000-0000-4000-8000-000000000001';
    expect(await ask(exception, { act: 'decide', view: view() }, 'ann', ['steward'], command)).toEqual({ done: true, exception });
    expect(await stage.actOnCase(command)).toMatchObject({ done: true, exception });
    expect(await ask(exception, { act: 'decide', view: view() }, 'bob')).toMatchObject({ refused: 'ASSAY_CASE_CLOSED' });
    expect(await feedSays(db, source)).toEqual([`release a ${all}`, `release b ${all}`]);
    expect(await caseRow(exception)).toMatchObject({ state: 'closed', closedBy: 'decided' });
  });

  test('with a flag: the feed says which', async () => {
    const { exception, source } = await heldCase(db, ['a']);
    await ask(exception, { act: 'decide', view: view({ disposition: 'release-with-flag' }) });
    const { rows } = await db.query(`select distinct outcome, flags from feed_entry e join source s on s.id = e.source_id where s.name = $1`, [source]);
    expect(rows).toEqual([{ outcome: 'release-with-flags', flags: ['value-unit-fits'] }]);
  });

  test('for some purposes leaves the others waiting', async () => {
    const { exception, source } = await heldCase(db, ['a']);
    await ask(exception, { act: 'decide', view: view({ purposes: ['care'] }) });
    expect(await caseRow(exception)).toMatchObject({ state: 'open' });
    await ask(exception, { act: 'decide', view: view({ disposition: 'keep-out', purposes: ['training', 'research', 'payment', 'quality'] }) });
    expect(await caseRow(exception)).toMatchObject({ state: 'closed' });
    expect(await feedSays(db, source)).toEqual(['release a care']);
  });

  test('a version that two findings hold is released when both are decided', async () => {
    const { exception, source, run } = await heldCase(db, ['a']);
    await db.transaction(async (tx) => {
      const { rows: [one] } = await tx.query<{ id: string; version: string; source: number; findings: Finding[] }>(
        `select a.id, a.version_id as version, v.source_id as source, a.findings from assessment a join version v on v.id = a.version_id where v.run_id = $1`, [run]);
      const [list] = await keepFindings(tx, [[...one!.findings, finding('reference-missing')]]);
      await tx.query('update assessment set finding_list = $2 where id = $1', [one!.id, list]);
      await openExceptions(tx, one!.source, [{ rule: 'reference-missing', cause: 'c', version: one!.version, assessment: one!.id,
        finding: 1, purposes: ['care', 'payment', 'quality', 'research', 'training'], retraction: false, priority: 5, reach: 'version', owner: 'documentation', dueDays: 3 }]);
    });
    await ask(exception, { act: 'decide', view: view() });
    expect(await feedSays(db, source)).toEqual([]);
    const { rows: [other] } = await db.query<{ id: string }>(`select e.id from exception e join source s on s.id = e.source_id where s.name = $1 and e.rule = 'reference-missing'`, [source]);
    await ask(other!.id, { act: 'decide', view: view() });
    expect(await feedSays(db, source)).toEqual([`release a ${all}`]);
  });

  test('covers the members that were there when it was read', async () => {
    const { exception, source } = await heldCase(db, ['a']);
    const { run } = await beginRun(db, source);
    await landItems(db, run, 'Observation', [resource('Observation', 'later', 1)]);
    await judgeRun(db, run, () => everyPurpose('hold', finding('value-unit-fits')), { owner: 'documentation' });
    await ask(exception, { act: 'decide', view: view({ revision: 1 }) });
    expect(await feedSays(db, source)).toEqual([`release a ${all}`]);
    expect(await caseRow(exception)).toMatchObject({ state: 'open' });
  });

  test('a team’s case is that team’s; an end is needed; purposes must wait', async () => {
    const { exception } = await heldCase(db, ['a']);
    expect(await ask(exception, { act: 'decide', view: view() }, 'eve', ['engineer'])).toMatchObject({ refused: 'ASSAY_CASE_ROLE' });
    const { expiresAt: _, ...endless } = view();
    expect(await ask(exception, { act: 'decide', view: endless })).toMatchObject({ refused: 'ASSAY_CASE_EXPIRY' });
    expect(await ask(exception, { act: 'decide', view: view({ purposes: [] }) })).toMatchObject({ refused: 'ASSAY_CASE_PURPOSES' });
  });
});

describe('two people', () => {
  const signed = { signature };
  test('agree blind: it is released; one person twice is refused', async () => {
    const { exception, source } = await heldCase(db, ['a'], { priority: 1 });
    expect(await ask(exception, { act: 'decide', view: view() })).toMatchObject({ refused: 'ASSAY_CASE_SIGNATURE' });
    await ask(exception, { act: 'decide', view: view(signed) });
    expect(await caseRow(exception)).toMatchObject({ turn: 'second-person' });
    expect(await ask(exception, { act: 'decide', view: view(signed) })).toMatchObject({ refused: 'ASSAY_CASE_SECOND_PERSON' });
    await ask(exception, { act: 'decide', view: view({ ...signed, reason: 'Mine.' }) }, 'bob');
    expect(await feedSays(db, source)).toEqual([`release a ${all}`]);
    expect((await decisionsOf(db, exception))[0]?.decision).toMatchObject({ by: 'ann', secondBy: 'bob' });
  });

  test('differ: a governor who gave neither view settles it', async () => {
    const { exception, source } = await heldCase(db, ['a'], { priority: 1 });
    await ask(exception, { act: 'decide', view: view(signed) });
    await ask(exception, { act: 'decide', view: view({ ...signed, disposition: 'keep-out' }) }, 'bob');
    expect(await caseRow(exception)).toMatchObject({ turn: 'governor', escalated: true });
    expect(await ask(exception, { act: 'decide', view: view(signed) }, 'cy')).toMatchObject({ refused: 'ASSAY_CASE_SECOND_PERSON' });
    await ask(exception, { act: 'decide', view: view({ ...signed, disposition: 'keep-out' }) }, 'gov', ['governor']);
    expect(await feedSays(db, source)).toEqual([]);
    expect(await caseRow(exception)).toMatchObject({ state: 'closed' });
  });
});

describe('after it', () => {
  test('a reversal, signed, retracts and opens the case again; decided again it is released again', async () => {
    const { exception, source } = await heldCase(db, ['a']);
    await ask(exception, { act: 'decide', view: view() });
    const [made] = await decisionsOf(db, exception);
    const reverse = { act: 'reverse', decision: made!.decision.decision, reason: 'Wrong patient.' } as const;
    expect(await ask(exception, reverse)).toMatchObject({ refused: 'ASSAY_CASE_SIGNATURE' });
    await ask(exception, { ...reverse, signature });
    expect(await caseRow(exception)).toMatchObject({ state: 'open' });
    await ask(exception, { act: 'decide', view: view() });
    expect(await feedSays(db, source)).toEqual([`release a ${all}`, `retraction a ${all} reversed`, `release a ${all}`]);
  });

  test('an end brings back what it let through, as a candidate for retraction', async () => {
    const { exception, source } = await heldCase(db, ['a']);
    await ask(exception, { act: 'decide', view: view() });
    await db.query(`update ruling set expires_at = now() - interval '1 second' from decision d where d.id = decision_id and d.exception_id = $1`, [exception]);
    await stage.caseDue(exception);
    const { rows } = await db.query(`select e.retraction, e.state from exception e join source s on s.id = e.source_id where s.name = $1 order by e.id`, [source]);
    expect(rows).toEqual([{ retraction: false, state: 'closed' }, { retraction: true, state: 'open' }]);
    expect(await feedSays(db, source)).toHaveLength(1);
  });

  test('what was kept out is reopened without a signature', async () => {
    const { exception } = await heldCase(db, ['a']);
    await ask(exception, { act: 'decide', view: view({ disposition: 'keep-out' }) });
    await ask(exception, { act: 'reopen', reason: 'New facts.' });
    expect(await caseRow(exception)).toMatchObject({ state: 'open' });
  });
});

describe('the undo window', () => {
  const later = exceptionStage(db, 60);
  const askLater = asker(db, later);
  test('undone by who decided: nothing left; otherwise it takes effect when the window ends', async () => {
    const { exception, source } = await heldCase(db, ['a']);
    await askLater(exception, { act: 'decide', view: view() });
    expect(await askLater(exception, { act: 'decide', view: view() }, 'bob')).toMatchObject({ refused: 'ASSAY_CASE_DECIDED' });
    expect(await askLater(exception, { act: 'undo' }, 'bob')).toMatchObject({ refused: 'ASSAY_CASE_UNDO_OVER' });
    expect(await askLater(exception, { act: 'undo' })).toEqual({ done: true, exception });
    await askLater(exception, { act: 'decide', view: view() });
    const { waitMs } = await later.caseDue(exception);
    expect(waitMs).toBeGreaterThan(50_000);
    expect(await feedSays(db, source)).toEqual([]);
  });
});

describe('other moves', () => {
  test('a chart correction is asked for; the case closes by itself', async () => {
    const { exception, source } = await heldCase(db, ['a']);
    await ask(exception, { act: 'decide', view: view({ disposition: 'chart-correction', validity: 'true-finding' }) });
    expect(await caseRow(exception)).toMatchObject({ state: 'open', turn: 'clinician' });
    expect((await db.query(`select kind, state from case_task where exception_id = $1`, [exception])).rows).toEqual([{ kind: 'chart-correction', state: 'requested' }]);
    expect(await feedSays(db, source)).toEqual([]);
  });

  test('split and merge', async () => {
    const { exception, source } = await heldCase(db, ['a', 'b', 'c']);
    const { rows } = await db.query<{ id: string }>(`select v.id from version v join source s on s.id = v.source_id where s.name = $1 order by v.id`, [source]);
    expect(await ask(exception, { act: 'split', versions: rows.map((row) => row.id) })).toMatchObject({ refused: 'ASSAY_CASE_MEMBERS' });
    await ask(exception, { act: 'split', versions: [rows[0]!.id] });
    const { rows: [part] } = await db.query<{ id: string }>(`select e.id from exception e join source s on s.id = e.source_id where s.name = $1 and part <> ''`, [source]);
    await ask(part!.id, { act: 'decide', view: view() });
    expect(await feedSays(db, source)).toEqual([`release a ${all}`]);
    const other = await heldCase(db, ['x']);
    expect(await ask(exception, { act: 'merge', from: other.exception })).toMatchObject({ refused: 'ASSAY_CASE_MEMBERS' });
  });

  test('assign, comment, ask for evidence, escalate, extend once', async () => {
    const { exception } = await heldCase(db, ['a']);
    await ask(exception, { act: 'assign', to: 'bob' });
    await ask(exception, { act: 'comment', text: 'Looks swapped.' });
    const task = '00000000-0000-4000-8000-00000000000a';
    await ask(exception, { act: 'ask-evidence', of: 'clinician', text: 'Which arm?' }, 'ann', ['steward'], task);
    expect(await caseRow(exception)).toMatchObject({ assignee: 'bob', turn: 'clinician' });
    await ask(exception, { act: 'give-evidence', task, text: 'The left.' });
    await ask(exception, { act: 'escalate', reason: 'Unsure.' });
    await ask(exception, { act: 'extend', reason: 'The clinic is closed.' });
    expect(await ask(exception, { act: 'extend', reason: 'Again.' })).toMatchObject({ refused: 'ASSAY_CASE_EXTENDED' });
    expect((await db.query(`select kind, person, role from notice where exception_id = $1 order by id`, [exception])).rows).toEqual([
      { kind: 'assigned', person: 'bob', role: null }, { kind: 'escalated', person: null, role: 'governor' }]);
  });

  test('what is due is reminded, then escalated', async () => {
    const { exception } = await heldCase(db, ['a'], { dueDays: -1 });
    expect(await stage.casesComingDue(0, 1000)).toContain(exception);
    await stage.caseDue(exception);
    expect(await caseRow(exception)).toMatchObject({ escalated: true });
    expect(await stage.casesComingDue(0, 1000)).not.toContain(exception);
  });
});
