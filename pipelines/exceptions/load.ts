import { jsonHash } from '../../ledger/json-hash.ts';
import { contentsOfCases, keepCaseEvents, lockCase, type CaseContents, type LockedCase } from '../../storage/cases.ts';
import type { Tx } from '../../storage/connect.ts';
import type { CaseEvent } from '../../terms/case-act.ts';
import type { CoveredRow, EventKind } from '../../terms/event.ts';
import { turnOf, type CaseState } from '../../terms/exception.ts';
import { instant } from '../../terms/instant.ts';
import type { ExceptionDeps } from './deps.ts';
import { letsGo } from './decide.ts';
import { evolve } from './evolve.ts';

export type LoadedCase = { readonly row: LockedCase; readonly state: CaseState };

/** The case under its lock, folded from its events. */
export async function loadCase(tx: Tx, exception: string): Promise<LoadedCase | undefined> {
  const row = await lockCase(tx, exception);
  return row && (await loadLocked(tx, [row]))[0];
}

/** Cases that are locked already. */
export async function loadLocked(tx: Tx, rows: readonly LockedCase[]): Promise<LoadedCase[]> {
  if (rows.length === 0) return [];
  const contents = await contentsOfCases(tx, rows.map((row) => row.exception));
  return rows.map((row, place) => ({ row, state: fold(row, contents[place] ?? { waits: [], events: [] }) }));
}

export function fold(row: LockedCase, { waits, events }: CaseContents): CaseState {
  const opened: CaseState = {
    exception: row.exception, state: row.state, revision: row.revision, priority: row.priority, owner: row.owner,
    dueAt: row.dueAt.toISOString(), waits, escalated: false, extended: false, reminded: false, views: [], effective: [], tasks: [],
  };
  const state = events.reduce((before, { event, by }) => evolve(before, event, by), opened);
  // Its row says when it is due: a merge may have brought that forward.
  return { ...state, dueAt: opened.dueAt };
}

/** What took effect is a waiver where it lets records go. */
const ledgerKind = (event: CaseEvent, { pending }: CaseState): EventKind =>
  event.kind === 'decided' || event.kind === 'reversed' ? event.kind
    : event.kind === 'took-effect' && pending !== undefined && letsGo(pending) ? 'waived' : 'case-moved';

export type Happened = { readonly loaded: LoadedCase; readonly events: readonly CaseEvent[] };

/**
 * The events are on record: in each case, and one in the ledger for each act, with a hash of what was said.
 * @param at ISO 8601
 * @returns the cases after them
 */
export async function keep(deps: Pick<ExceptionDeps, 'appendEvents'>, tx: Tx, happened: readonly Happened[], by: string, at: string, command: string | null): Promise<LoadedCase[]> {
  const all = happened.map(({ loaded, events }) => {
    const state = events.reduce((before, event) => evolve(before, event, by), loaded.state);
    return { loaded, events, state, turn: turnOf(state) };
  });
  const moved = all.filter(({ events }) => events.length > 0);
  if (moved.length > 0) {
    const ids = await keepCaseEvents(tx, moved.map(({ loaded, ...one }) => ({ row: loaded.row, ...one })), by, at, command);
    await deps.appendEvents(tx, moved.flatMap(({ loaded: { row, state }, events, turn }) => events.map((event, place) => {
      const n = row.events + place + 1;
      const covered: CoveredRow = {
        table: 'case_event', id: ids.shift() ?? '', source: row.source, patient: '',
        row: { exception_id: row.exception, n, kind: event.kind, body: jsonHash(JSON.parse(JSON.stringify(event)) as object), by_person: by, command_id: command, turn, at: instant(new Date(at)) },
      };
      return { kind: ledgerKind(event, state), body: { exception: row.exception, n, what: event.kind, by }, covered: [covered] };
    })));
  }
  return all.map(({ loaded: { row }, events, state }) => events.length === 0 ? { row, state }
    : { row: { ...row, revision: row.revision + 1, events: row.events + events.length }, state: { ...state, revision: row.revision + 1 } });
}
