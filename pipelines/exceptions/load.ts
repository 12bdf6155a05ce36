import { coveredRows } from '../../ledger/covered-rows.ts';
import { caseEvents, keepCaseEvents, lockCase, type CaseEventRow, type CaseRow } from '../../storage/cases.ts';
import type { Tx } from '../../storage/connect.ts';
import type { CaseEvent } from '../../terms/case-act.ts';
import type { EventKind } from '../../terms/event.ts';
import { turnOf, type CaseState } from '../../terms/exception.ts';
import type { ExceptionDeps } from './deps.ts';
import { letsGo } from './decide.ts';
import { evolve } from './evolve.ts';

export type LoadedCase = { readonly row: CaseRow; readonly state: CaseState };

/** The case under its lock, folded from its events. */
export async function loadCase(tx: Tx, exception: string): Promise<LoadedCase | undefined> {
  const row = await lockCase(tx, exception);
  return row && { row, state: fold(row, await caseEvents(tx, exception)) };
}

export function fold(row: CaseRow, events: readonly CaseEventRow[]): CaseState {
  const opened: CaseState = {
    exception: row.exception, state: row.state, revision: row.revision, priority: row.priority, owner: row.owner,
    dueAt: row.dueAt.toISOString(), waits: row.waits, escalated: false, extended: false, reminded: false, views: [], effective: [], tasks: [],
  };
  const state = events.reduce((before, { event, by }) => evolve(before, event, by), opened);
  // Its row says when it is due: a merge may have brought that forward.
  return { ...state, dueAt: opened.dueAt };
}

/** What took effect is a waiver where it lets records go. */
const ledgerKind = (event: CaseEvent, { pending }: CaseState): EventKind =>
  event.kind === 'decided' || event.kind === 'reversed' ? event.kind
    : event.kind === 'took-effect' && pending !== undefined && letsGo(pending) ? 'waived' : 'case-moved';

/**
 * The events are on record: in the case, and one in the ledger for each act, with a hash of what was said.
 * @param at ISO 8601
 */
export async function keep(deps: Pick<ExceptionDeps, 'appendEvent'>, tx: Tx, { row, state }: LoadedCase, events: readonly CaseEvent[],
  by: string, at: string, command: string | null): Promise<LoadedCase> {
  if (events.length === 0) return { row, state };
  const after = events.reduce((before, event) => evolve(before, event, by), state);
  const ids = await keepCaseEvents(tx, row, events, by, at, command, after, turnOf(after));
  for (const [place, event] of events.entries()) {
    await deps.appendEvent(tx, ledgerKind(event, state), { exception: row.exception, n: row.events + place + 1, what: event.kind, by },
      await coveredRows(tx, 'case_event', ids.slice(place, place + 1)));
  }
  return { row: { ...row, revision: row.revision + 1, events: row.events + events.length }, state: { ...after, revision: row.revision + 1 } };
}
