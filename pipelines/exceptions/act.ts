import { mergeCases, notice, reopenCase, splitMembers } from '../../storage/case-members.ts';
import { askTask, completeTask } from '../../storage/case-tasks.ts';
import { answerCommand, commandById, lockCaseOf, type CommandRow } from '../../storage/cases.ts';
import type { Tx } from '../../storage/connect.ts';
import { closeEmptied } from '../../storage/exceptions.ts';
import { endRuling, keepDecision, moveDecisions } from '../../storage/decisions.ts';
import type { CaseEvent } from '../../terms/case-act.ts';
import { AssayError, type ErrorCode } from '../../terms/errors.ts';
import { usualDecisions } from '../../terms/policy.ts';
import { rolesOfOwner } from '../../terms/role.ts';
import { decide } from './decide.ts';
import type { ExceptionDeps } from './deps.ts';
import { takeEffect, undoEffect } from './effect.ts';
import { keep, loadLocked, type LoadedCase } from './load.ts';
import { waitOf } from './wait-of.ts';

/** What became of an act, and when something is next due for its case (milliseconds; null: nothing). */
export type Acted = { readonly exception: string; readonly waitMs: number | null } & ({ readonly done: true } | { readonly refused: ErrorCode });

/** Thrown to roll back what was begun: the refusal itself is then written by itself. */
class Refused extends Error {
  readonly code: ErrorCode;
  readonly exception: string;
  constructor(code: ErrorCode, exception: string) { super(code); this.code = code; this.exception = exception; }
}

/** Does what a command asks, once: the decision, its rows and its events in one transaction (contract 16). */
export async function act(deps: ExceptionDeps, command: string): Promise<Acted> {
  try {
    return await deps.db.transaction((tx) => actIn(deps, tx, command));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return deps.db.transaction(async (tx) => {
      await answerCommand(tx, command, error.code);
      return { exception: error.exception, refused: error.code, ...await waitOf(tx, error.exception, await deps.policy(tx)) };
    });
  }
}

async function actIn(deps: ExceptionDeps, tx: Tx, command: string): Promise<Acted> {
  const row = await lockCaseOf(tx, command);
  // Under the case's lock: whoever did it before has committed.
  const asked = await commandById(tx, command);
  if (row === undefined || asked === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
  const { exception, outcome } = asked;
  const policy = await deps.policy(tx);
  if (outcome !== null) return { exception, ...(outcome === 'done' ? { done: true } : { refused: outcome as ErrorCode }), ...await waitOf(tx, exception, policy) };
  const [loaded] = await loadLocked(tx, [row]);
  if (loaded === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
  const now = new Date().toISOString();
  const answer = decide(loaded.state, { command: asked.command, exception, actor: { person: asked.person, roles: asked.roles }, asked: asked.body },
    { now, policy: policy.body.decisions ?? usualDecisions, undoSeconds: policy.body.undoSeconds });
  if ('refused' in answer) throw new Refused(answer.refused, exception);
  const [after = loaded] = await keep(deps, tx, [{ loaded, events: answer.events }], asked.person, now, asked.command);
  for (const event of answer.events) await follow(deps, tx, event, asked, loaded, now);
  if (after.state.pending !== undefined && after.state.pending.effectAt <= now) await takeEffect(deps, tx, [after], policy, now);
  await answerCommand(tx, command, 'done');
  return { exception, done: true, ...await waitOf(tx, exception, policy) };
}

/** What an event changes beside the case itself. */
async function follow(deps: ExceptionDeps, tx: Tx, event: CaseEvent, asked: CommandRow, loaded: LoadedCase, now: string): Promise<void> {
  const { exception } = asked;
  switch (event.kind) {
    case 'assigned': return event.to === null || event.to === asked.person ? undefined : notice(tx, exception, 'assigned', { person: event.to });
    case 'evidence-asked': return askTask(tx, exception, event.task, event.text, now);
    case 'evidence-given': return completeTask(tx, event.task);
    case 'viewed': for (const role of rolesOfOwner[loaded.state.owner]) await notice(tx, exception, 'second-person', { role }); return;
    case 'disputed': return notice(tx, exception, 'disputed', { role: 'governor' });
    case 'escalated': return notice(tx, exception, 'escalated', { role: 'governor' });
    case 'reminded': return remind(tx, exception, loaded);
    case 'decided': return keepDecision(tx, event.decision, asked.body.act === 'decide' ? asked.body.bulk ?? null : null);
    case 'undone': return moveDecisions(tx, [event.decision], 'undone');
    case 'split': if (await splitMembers(tx, exception, event.versions) === undefined) throw new Refused('ASSAY_CASE_MEMBERS', exception); return;
    case 'merged': if (!await mergeCases(tx, exception, event.from)) throw new Refused('ASSAY_CASE_MEMBERS', exception); return;
    case 'answered': return closeEmptied(tx, [exception], 'decided');
    case 'reversed': return reverse(deps, tx, event.decision, loaded);
    default: return;
  }
}

async function remind(tx: Tx, exception: string, { state }: LoadedCase): Promise<void> {
  if (state.assignee !== undefined) return notice(tx, exception, 'due-soon', { person: state.assignee });
  for (const role of rolesOfOwner[state.owner]) await notice(tx, exception, 'due-soon', { role });
}

async function reverse(deps: ExceptionDeps, tx: Tx, id: string, loaded: LoadedCase): Promise<void> {
  const decision = loaded.state.effective.find((one) => one.decision === id);
  if (decision === undefined) return;
  await endRuling(tx, id, 'reversed');
  await moveDecisions(tx, [id], 'reversed');
  await reopenCase(tx, loaded.row.exception);
  await undoEffect(deps, tx, loaded, decision, await deps.policy(tx), 'reversed');
}
