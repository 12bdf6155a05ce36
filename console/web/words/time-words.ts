const day = 86_400_000;
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const whole = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const dayAlone = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const plainDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** The reader's zone, by name. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const fullTime = (instant: string): string => full.format(new Date(instant));

/** "14:05" today, "3 Mar, 14:05" this year, "3 Mar 2025" before. */
export function shortTime(instant: string, now = Date.now()): string {
  const at = new Date(instant);
  const today = new Date(now);
  if (at.toDateString() === today.toDateString()) return clock.format(at);
  return (at.getFullYear() === today.getFullYear() ? dayAndClock : date).format(at);
}

/** "26 Nov 2026, 14:05": with its day, whichever it is, where an answer may be printed; a line breaks behind the day only. */
export const dayAndTime = (instant: string): string => whole.format(new Date(instant)).replaceAll(/ (?=.*,)/g, '\u00a0');

/** The day of an instant in the reader's zone. */
export const clockless = (instant: string): string => date.format(new Date(instant));

/** "11 Mar 2022" of a calendar day, which has no zone. */
export const shortDate = (day: string): string => plainDate.format(new Date(`${day}T00:00:00Z`));

/** "11 Mar" of a calendar day. */
export const shortDay = (day: string): string => dayAlone.format(new Date(`${day}T00:00:00Z`));

/** "42 s", "3 min 5 s", "2 h 10 min". */
export function duration(from: string, to: string | null, now = Date.now()): string {
  const seconds = Math.max(0, Math.round(((to === null ? now : Date.parse(to)) - Date.parse(from)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** When a case is due, with how it stands: "overdue by 2 days", "due today", "in 5 days". */
export function dueWords(due: string, now = Date.now()): { says: string; tone: 'bad' | 'warn' | 'plain' } {
  const left = Date.parse(due) - now;
  const days = Math.floor(Math.abs(left) / day);
  if (left < 0) return { says: days === 0 ? 'overdue since today' : `overdue by ${days} ${days === 1 ? 'day' : 'days'}`, tone: 'bad' };
  if (days === 0) return { says: `due within ${Math.max(1, Math.ceil(left / 3_600_000))} h`, tone: 'warn' };
  return { says: `in ${days} ${days === 1 ? 'day' : 'days'}`, tone: 'plain' };
}
