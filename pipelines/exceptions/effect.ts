import { coveredRows } from '../../ledger/covered-rows.ts';
import type { PolicyInForce } from '../../storage/assessment.ts';
import { askTask, cancelTask } from '../../storage/case-tasks.ts';
import type { Tx } from '../../storage/connect.ts';
import { coverMembers, giveToOwner, moveDecision, rule, ruledPatients, settleDecision, waitingMembers, type RuledPatient } from '../../storage/decisions.ts';
import { decidePairsOfCase } from '../../storage/candidates/identity-duplicate-pair.ts';
import { closeEmptied } from '../../storage/exceptions.ts';
import { pairDecisionOf, rulingOf, type Decision } from '../../terms/decision.ts';
import type { CaseTask } from '../../terms/exception.ts';
import { CLOCK } from './decide.ts';
import type { ExceptionDeps } from './deps.ts';
import { keep, type LoadedCase } from './load.ts';

/** Patients a transaction: a case of one is settled in the transaction in which it takes effect. */
const PATIENTS_A_CHUNK = 20;
/** Versions of one patient, or of none, a transaction. */
const VERSIONS_A_CHUNK = 400;

/** Whose cases are about pairs of records, each of which is decided with the case. */
const ABOUT_PAIRS = 'identity-duplicate-pair';

/** Why a decision's records are judged again. */
export type How = 'took-effect' | 'reversed' | 'expired';

/**
 * The undo window is over: the members are covered, the ruling is in force, the case closes where nothing else waits (contract 16).
 * @returns what is left for `settle`
 */
export async function takeEffect(deps: ExceptionDeps, tx: Tx, loaded: LoadedCase, policy: PolicyInForce, at: string): Promise<Decision | undefined> {
  const { pending } = loaded.state;
  if (pending === undefined) return undefined;
  const action = rulingOf(pending.disposition);
  const { covered, ruled } = action === undefined ? { covered: await waitingMembers(tx, pending.exception), ruled: [] } : await coverMembers(tx, pending);
  if (covered === 0) {
    // A newer version, or the rules, took all of it away meanwhile.
    await moveDecision(tx, pending.decision, 'superseded');
    await keep(deps, tx, loaded, [{ kind: 'superseded', decision: pending.decision }], CLOCK, at, null);
    await closeEmptied(tx, [pending.exception], 'superseded');
    return undefined;
  }
  await moveDecision(tx, pending.decision, 'effective');
  const pairs = loaded.row.rule === ABOUT_PAIRS ? pairDecisionOf(pending.validity) : undefined;
  if (pairs !== undefined) await decidePairsOfCase(tx, pending.exception, pairs, pending.by);
  if (action === undefined) return ask(deps, tx, loaded, pending, at);
  await rule(tx, loaded.row, pending, action);
  await keep(deps, tx, loaded, [{ kind: 'took-effect', decision: pending.decision }], CLOCK, at, null);
  if (ruled.length > 0) await deps.appendEvent(tx, 'case-moved', { exception: pending.exception, what: 'covers', by: CLOCK }, await coveredRows(tx, 'ruled_version', ruled));
  await closeEmptied(tx, [pending.exception], 'decided');
  return await settleIfSmall(deps, tx, pending, loaded, policy, 'took-effect') ? undefined : pending;
}

/** The correction is asked of somebody else; the case waits, and closes by itself when what comes passes. */
async function ask(deps: ExceptionDeps, tx: Tx, loaded: LoadedCase, decision: Decision, at: string): Promise<undefined> {
  const task: CaseTask = decision.disposition === 'identity-team' ? { task: decision.decision, of: 'identity', kind: 'identity' }
    : { task: decision.decision, of: 'clinician', kind: 'chart-correction' };
  await askTask(tx, decision.exception, task, decision.reason, at);
  if (task.of === 'identity') await giveToOwner(tx, decision.exception, 'identity');
  await keep(deps, tx, loaded, [{ kind: 'took-effect', decision: decision.decision, task }], CLOCK, at, null);
  await settleDecision(tx, decision.decision);
  return undefined;
}

/** A decision was taken back, or has ended: what it asked for is no longer asked, and what it bears on is judged again. */
export async function undoEffect(deps: ExceptionDeps, tx: Tx, loaded: LoadedCase, decision: Decision, policy: PolicyInForce, how: 'reversed' | 'expired'): Promise<void> {
  await cancelTask(tx, decision.decision);
  // The end of a release says nothing of who is who; a decision that was taken back does not stand.
  if (how === 'reversed' && loaded.row.rule === ABOUT_PAIRS) await decidePairsOfCase(tx, decision.exception, undefined, decision.by);
  await settleIfSmall(deps, tx, decision, loaded, policy, how);
}

/** @returns whether all of it is in the feed: otherwise `settle` goes on in transactions of its own */
async function settleIfSmall(deps: ExceptionDeps, tx: Tx, decision: Decision, { row }: LoadedCase, policy: PolicyInForce, how: How): Promise<boolean> {
  const patients = await ruledPatients(tx, decision.decision, PATIENTS_A_CHUNK + 1);
  if (patients.length > PATIENTS_A_CHUNK || patients.some((one) => one.versions.length > VERSIONS_A_CHUNK)) return false;
  for (const patient of patients) await settlePatient(deps, tx, decision, row.reach, patient, policy, how);
  await settled(tx, decision, how);
  return true;
}

/** A case that was opened again for what a decision had let through, and got nothing back, closes. */
async function settled(tx: Tx, decision: Decision, how: How): Promise<void> {
  await settleDecision(tx, decision.decision);
  if (how !== 'took-effect') await closeEmptied(tx, [decision.exception], how);
}

/** What a decision lets go, keeps out or takes back reaches the feeds, in chunks. A repeated call does what is left. */
export async function settle(deps: ExceptionDeps, decision: Decision, reach: 'version' | 'patient', how: How): Promise<void> {
  for (let after: string | undefined; ;) {
    const patients: RuledPatient[] = await ruledPatients(deps.db, decision.decision, PATIENTS_A_CHUNK, after);
    for (const patient of patients) {
      for (let from = 0; from < patient.versions.length; from += VERSIONS_A_CHUNK) {
        const chunk = { ...patient, versions: patient.versions.slice(from, from + VERSIONS_A_CHUNK) };
        await deps.db.transaction(async (tx) => settlePatient(deps, tx, decision, reach, chunk, await deps.policy(tx), how));
        deps.beat();
      }
    }
    const last = patients.at(-1);
    if (last === undefined || patients.length < PATIENTS_A_CHUNK) break;
    after = last.patient;
  }
  await deps.db.transaction((tx) => settled(tx, decision, how));
}

async function settlePatient(deps: ExceptionDeps, tx: Tx, decision: Decision, reach: 'version' | 'patient', { source, patient, versions }: RuledPatient, policy: PolicyInForce, how: How): Promise<void> {
  if (how === 'reversed') await deps.retract(tx, versions, decision.purposes, 'reversed');
  if (how === 'took-effect' && decision.disposition === 'keep-out') await deps.retract(tx, versions, decision.purposes, 'kept-out');
  const judged = await deps.judgeAgain(tx, { source, patient, decision: decision.decision, policy, ...(reach === 'patient' && patient !== '' ? {} : { versions }) });
  await deps.release(tx, judged, decision.decision);
}
