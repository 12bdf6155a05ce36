import { businessMs, type BusinessCalendar } from '../../terms/business-calendar.ts';
import type { Turn } from '../../terms/exception.ts';

/** Hours that a case took: all of the calendar; working hours, by whose turn it was. `net` is ours alone. */
export type Clocks = { readonly gross: number; readonly net: number; readonly clinician: number; readonly source: number; readonly calendarDays: number };

const HOUR_MS = 3_600_000;
const ours: ReadonlySet<Turn> = new Set(['us', 'second-person', 'governor']);

/** @param turns whose turn it was after each act, in order; before the first it was ours */
export function clocks(calendar: BusinessCalendar, openedAt: Date, until: Date, turns: readonly { at: Date; turn: Turn }[]): Clocks {
  const spans = [{ at: openedAt, turn: 'us' as Turn }, ...turns.filter(({ at }) => at > openedAt && at < until)];
  const hours = (counts: (turn: Turn) => boolean): number => round(spans.reduce((sum, { at, turn }, place) =>
    sum + (counts(turn) ? businessMs(calendar, at.getTime(), (spans[place + 1]?.at ?? until).getTime()) : 0), 0) / HOUR_MS);
  return {
    gross: hours(() => true), net: hours((turn) => ours.has(turn)), clinician: hours((turn) => turn === 'clinician'), source: hours((turn) => turn === 'source'),
    calendarDays: Math.floor((until.getTime() - openedAt.getTime()) / (24 * HOUR_MS)),
  };
}

const round = (hours: number): number => Math.round(hours * 10) / 10;
