/** When a department works: ISO weekdays (1 Monday), local times of an IANA zone, days off as `YYYY-MM-DD`. */
export type BusinessCalendar = { readonly zone: string; readonly days: readonly number[]; readonly from: string; readonly to: string; readonly holidays?: readonly string[] };

const DAY_MS = 86_400_000;

/** Working milliseconds between two instants (milliseconds since 1970). */
export function businessMs(calendar: BusinessCalendar, from: number, to: number): number {
  let sum = 0;
  // From the day before, for a zone may be ahead of UTC or behind it.
  for (let day = Math.floor(from / DAY_MS) - 1; day * DAY_MS <= to + DAY_MS; day++) {
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    const weekday = new Date(day * DAY_MS).getUTCDay() || 7;
    if (!calendar.days.includes(weekday) || calendar.holidays?.includes(date) === true) continue;
    const [opens, closes] = [instant(calendar.zone, date, calendar.from), instant(calendar.zone, date, calendar.to)];
    sum += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
  }
  return sum;
}

/** The instant of a local date and time in a zone; where clocks are put forward over it, the same after. */
function instant(zone: string, date: string, time: string): number {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const first = asUtc - offset(zone, asUtc);
  return asUtc - offset(zone, first);
}

/** Local time less UTC at an instant, in milliseconds. */
function offset(zone: string, at: number): number {
  const part = Object.fromEntries(formatter(zone).formatToParts(at).map(({ type, value }) => [type, value]));
  return Date.parse(`${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}Z`) - Math.floor(at / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone) ?? new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  formatters.set(zone, known);
  return known;
}
