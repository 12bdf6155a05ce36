import type { CaseEventRow } from '../../storage/cases.ts';

type Blinded = { hidden: boolean; events: readonly (CaseEventRow & { hidden?: true })[] };

/** Whoever was given a second look sees nothing of what others wrote until he has spoken. */
export const allHidden = (events: readonly CaseEventRow[]): Blinded => ({ hidden: true, events: events.map((row) => ({ ...row, hidden: true as const })) });

/**
 * Until a second person has given his own view, he sees of the first only that there is one: no reason, no name, nothing that its
 * author wrote (the issue: "blind"). Its author sees his own. What came before the last decision is open to all.
 */
export function blinded(events: readonly CaseEventRow[], reader: string | undefined): Blinded {
  const last = events.findLastIndex(({ event }) => event.kind === 'decided' || event.kind === 'undone');
  const views = events.slice(last + 1).filter(({ event }) => event.kind === 'viewed' || event.kind === 'disputed');
  // Two that differ are before a governor, who weighs both.
  if (views.length !== 1 || views[0]?.by === reader) return { hidden: false, events };
  const author = views[0]?.by;
  return { hidden: true, events: events.map((row, place) => place > last && row.by === author ? { ...row, hidden: true as const } : row) };
}
