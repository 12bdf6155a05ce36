export type StartingDay = { readonly day: string; readonly at: Date };

const DAY_MS = 86_400_000;

/**
 * The last calendar days of a time zone, oldest first, with the instant at which each begins: where clocks change a day has 23 or 25 hours.
 * @param zone IANA name @throws RangeError where there is no such zone
 */
export function dayStarts(zone: string, count: number, now: Date): StartingDay[] {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  /** What clocks there show, as if it were UTC. */
  const shown = (at: number): number => {
    const of = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(of['year'] ?? 0, (of['month'] ?? 1) - 1, of['day'], of['hour'], of['minute'], of['second']);
  };
  const today = Math.floor(shown(now.getTime()) / DAY_MS) * DAY_MS;
  return Array.from({ length: count }, (_, place) => {
    const midnight = today - (count - 1 - place) * DAY_MS;
    // By the offset that holds around midnight, and once more by that of the instant found.
    let at = midnight - (shown(midnight) - midnight);
    at = midnight - (shown(at) - at);
    return { day: new Date(midnight).toISOString().slice(0, 10), at: new Date(at) };
  });
}
