import { coveredRows } from '../../ledger/covered-rows.ts';
import type { PolicyInForce } from '../../storage/assessment.ts';
import { askTask, cancelTask } from '../../storage/case-tasks.ts';
import type { Tx } from '../../storage/connect.ts';
import { coverMembers, giveToOwner, moveDecisions, rule, ruledPatients, settleDecisions, withWaiting, type RuledPatient } from '../../storage/decisions.ts';
import { decidePairsOfCase } from '../../storage/candidates/identity-duplicate-pair.ts';
import { closeEmptied } from '../../storage/exceptions.ts';
import { pairDecisionOf, rulingOf, type Decision } from '../../terms/decision.ts';
import type { CaseTask } from '../../terms/exception.ts';
import { CLOCK } from './decide.ts';
import type { ExceptionDeps } from './deps.ts';
import { keep, type LoadedCase } from './load.ts';

/** Patients of one decision a transaction: what bears on few is settled in the transaction in which it takes effect. */
const PATIENTS_A_CHUNK = 20;
/** Versions of one patient, or of none, a transaction. */
const VERSIONS_A_CHUNK = 400;
/** Of several decisions together. */
const VERSIONS_TOGETHER = 1_000;

/** Whose cases are about pairs of records, each of which is decided with the case. */
const ABOUT_PAIRS = 'identity-duplicate-pair';

/** Why a decision's records are judged again. */
export type How = 'took-effect' | 'reversed' | 'expired';
type Reach = LoadedCase['row']['reach'];
/** A decision that has effect, or no longer has it, while not all of it is in the feeds. */
export type Unsettled = { readonly decision: Decision; readonly reach: Reach };

/**
 * The undo windows are over: the members are covered, the rulings are in force, a case closes where nothing else waits (contract 16).
 * Many at once cost hardly more statements than one, and take the feed's counter once.
 * @returns what is left for `settle`
 */
export async function takeEffect(deps: ExceptionDeps, tx: Tx, cases: readonly LoadedCase[], policy: PolicyInForce, at: string): Promise<Unsettled[]> {
  const due = cases.flatMap((loaded) => loaded.state.pending === undefined ? [] : [{ loaded, decision: loaded.state.pending, action: rulingOf(loaded.state.pending.disposition) }]);
  const ruling = due.flatMap(({ action, ...one }) => action === undefined ? [] : [{ ...one, action }]);
  const covers = ruling.length === 0 ? new Map<string, never>() : await coverMembers(tx, ruling.map((one) => one.decision));
  const asking = due.filter((one) => one.action === undefined);
  const waiting = asking.length === 0 ? new Set<string>() : await withWaiting(tx, asking.map((one) => one.decision.exception));
  const bears = ({ decision }: { decision: Decision }): boolean => (covers.get(decision.decision)?.covered ?? 0) > 0 || waiting.has(decision.exception);
  await supersede(deps, tx, due.filter((one) => !bears(one)), at);
  const standing = due.filter(bears);
  if (standing.length === 0) return [];
  await moveDecisions(tx, standing.map((one) => one.decision.decision), 'effective');
  for (const { loaded, decision } of standing) {
    const pairs = loaded.row.rule === ABOUT_PAIRS ? pairDecisionOf(decision.validity) : undefined;
    if (pairs !== undefined) await decidePairsOfCase(tx, decision.exception, pairs, decision.by);
  }
  for (const { loaded, decision } of asking.filter(bears)) await ask(deps, tx, loaded, decision, at);
  const ruled = ruling.filter(bears);
  if (ruled.length === 0) return [];
  await rule(tx, ruled.map(({ loaded: { row }, decision, action }) => ({ source: row.source, rule: row.rule, cause: row.cause, action, decision })));
  await keep(deps, tx, ruled.map(({ loaded, decision }) => ({ loaded, events: [{ kind: 'took-effect', decision: decision.decision }] })), CLOCK, at, null);
  await tellCovered(deps, tx, ruled.map(({ decision }) => ({ exception: decision.exception, ids: covers.get(decision.decision)?.ruled ?? [] })));
  await closeEmptied(tx, ruled.map((one) => one.decision.exception), 'decided');
  return settleIfSmall(deps, tx, ruled.map(({ loaded, decision }) => ({ decision, reach: loaded.row.reach })), policy, 'took-effect');
}

type Due = { readonly loaded: LoadedCase; readonly decision: Decision };

/** A newer version, or the rules, took all of it away meanwhile. */
async function supersede(deps: ExceptionDeps, tx: Tx, due: readonly Due[], at: string): Promise<void> {
  if (due.length === 0) return;
  await moveDecisions(tx, due.map((one) => one.decision.decision), 'superseded');
  await keep(deps, tx, due.map(({ loaded, decision }) => ({ loaded, events: [{ kind: 'superseded', decision: decision.decision }] })), CLOCK, at, null);
  await closeEmptied(tx, due.map((one) => one.decision.exception), 'superseded');
}

async function tellCovered(deps: ExceptionDeps, tx: Tx, cases: readonly { readonly exception: string; readonly ids: readonly string[] }[]): Promise<void> {
  const rows = new Map((await coveredRows(tx, 'ruled_version', cases.flatMap((one) => one.ids))).map((row) => [row.id, row]));
  await deps.appendEvents(tx, cases.filter((one) => one.ids.length > 0).map(({ exception, ids }) => ({
    kind: 'case-moved', body: { exception, what: 'covers', by: CLOCK }, covered: ids.flatMap((id) => rows.get(id) ?? []),
  })));
}

/** The correction is asked of somebody else; the case waits, and closes by itself when what comes passes. */
async function ask(deps: ExceptionDeps, tx: Tx, loaded: LoadedCase, decision: Decision, at: string): Promise<void> {
  const task: CaseTask = decision.disposition === 'identity-team' ? { task: decision.decision, of: 'identity', kind: 'identity' }
    : { task: decision.decision, of: 'clinician', kind: 'chart-correction' };
  await askTask(tx, decision.exception, task, decision.reason, at);
  if (task.of === 'identity') await giveToOwner(tx, decision.exception, 'identity');
  await keep(deps, tx, [{ loaded, events: [{ kind: 'took-effect', decision: decision.decision, task }] }], CLOCK, at, null);
  await settleDecisions(tx, [decision.decision]);
}

/** A decision was taken back, or has ended: what it asked for is no longer asked, and what it bears on is judged again. */
export async function undoEffect(deps: ExceptionDeps, tx: Tx, loaded: LoadedCase, decision: Decision, policy: PolicyInForce, how: 'reversed' | 'expired'): Promise<void> {
  await cancelTask(tx, decision.decision);
  // The end of a release says nothing of who is who; a decision that was taken back does not stand.
  if (how === 'reversed' && loaded.row.rule === ABOUT_PAIRS) await decidePairsOfCase(tx, decision.exception, undefined, decision.by);
  await settleIfSmall(deps, tx, [{ decision, reach: loaded.row.reach }], policy, how);
}

/**
 * All of it is in the feeds, of decisions that bear on few patients and on none of whom an earlier one here does.
 * @returns the others: `settle` goes on with each in transactions of its own
 */
async function settleIfSmall(deps: ExceptionDeps, tx: Tx, unsettled: readonly Unsettled[], policy: PolicyInForce, how: How): Promise<Unsettled[]> {
  const patients = Map.groupBy(await ruledPatients(tx, unsettled.map((one) => one.decision.decision), PATIENTS_A_CHUNK + 1), (one) => one.decision);
  const taken = new Set<string>();
  let together = 0;
  const small = unsettled.filter(({ decision, reach }) => {
    const mine = patients.get(decision.decision) ?? [];
    if (mine.length > PATIENTS_A_CHUNK || mine.some((one) => one.versions.length > VERSIONS_A_CHUNK)) return false;
    const named = mine.flatMap(({ source, patient, versions }) => patient === '' ? versions : [`${source} ${patient}`]);
    // What reaches a patient judges all of his.
    const versions = mine.reduce((sum, one) => sum + (reach === 'patient' ? VERSIONS_A_CHUNK : one.versions.length), 0);
    if (named.some((one) => taken.has(one)) || (together > 0 && together + versions > VERSIONS_TOGETHER)) return false;
    for (const one of named) taken.add(one);
    together += versions;
    return true;
  });
  await settlePatients(deps, tx, small.flatMap((one) => (patients.get(one.decision.decision) ?? []).map((patient) => ({ ...one, patient }))), policy, how);
  await settled(tx, small.map((one) => one.decision), how);
  return unsettled.filter((one) => !small.includes(one));
}

/** A case that was opened again for what a decision had let through, and got nothing back, closes. */
async function settled(tx: Tx, decisions: readonly Decision[], how: How): Promise<void> {
  if (decisions.length === 0) return;
  await settleDecisions(tx, decisions.map((one) => one.decision));
  if (how !== 'took-effect') await closeEmptied(tx, decisions.map((one) => one.exception), how);
}

/** What a decision lets go, keeps out or takes back reaches the feeds, in chunks. A repeated call does what is left. */
export async function settle(deps: ExceptionDeps, { decision, reach }: Unsettled, how: How): Promise<void> {
  for (let after: string | undefined; ;) {
    const patients = await ruledPatients(deps.db, [decision.decision], PATIENTS_A_CHUNK, after);
    for (const patient of patients) {
      for (let from = 0; from < patient.versions.length; from += VERSIONS_A_CHUNK) {
        const chunk = { ...patient, versions: patient.versions.slice(from, from + VERSIONS_A_CHUNK) };
        await deps.db.transaction(async (tx) => settlePatients(deps, tx, [{ decision, reach, patient: chunk }], await deps.policy(tx), how));
        deps.beat();
      }
    }
    const last = patients.at(-1);
    if (last === undefined || patients.length < PATIENTS_A_CHUNK) break;
    after = last.patient;
  }
  await deps.db.transaction((tx) => settled(tx, [decision], how));
}

async function settlePatients(deps: ExceptionDeps, tx: Tx, all: readonly (Unsettled & { readonly patient: RuledPatient })[], policy: PolicyInForce, how: How): Promise<void> {
  if (all.length === 0) return;
  const taken = how === 'expired' ? [] : all.filter(({ decision }) => how === 'reversed' || decision.disposition === 'keep-out');
  if (taken.length > 0) {
    await deps.retract(tx, taken.map(({ decision, patient }) => ({ versions: patient.versions, purposes: decision.purposes })), how === 'reversed' ? 'reversed' : 'kept-out');
  }
  const judged = await deps.judgeAgain(tx, all.map(({ decision, reach, patient: { source, patient, versions } }) => (
    { source, patient, decision: decision.decision, ...(reach === 'patient' && patient !== '' ? {} : { versions }) })), policy);
  await deps.release(tx, all.map(({ decision }, place) => ({ versions: judged[place] ?? [], decision: decision.decision })));
}
