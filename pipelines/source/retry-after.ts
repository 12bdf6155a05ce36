const SHORTEST = 1_000;
/** Longer waits are cut: we ask again then. */
const LONGEST = 24 * 3_600_000;

/**
 * Milliseconds that a server asks to wait: `Retry-After` in seconds or as an HTTP date (RFC 9110
 * 10.2.3; fhir-bulk-data-docs#30). A date is read against the server's own clock where it has one.
 */
export function retryAfterMs(headers: { readonly retryAfter: string | undefined; readonly date: string | undefined }, now: Date, otherwise: number): number {
  const given = headers.retryAfter?.trim();
  if (given === undefined || given === '') return otherwise;
  if (/^\d+(\.\d+)?$/.test(given)) return bounded(Number(given) * 1000);
  const until = Date.parse(given);
  if (Number.isNaN(until)) return otherwise;
  const clock = headers.date === undefined ? NaN : Date.parse(headers.date);
  return bounded(until - (Number.isNaN(clock) ? now.getTime() : clock));
}

const bounded = (ms: number): number => Math.min(Math.max(ms, SHORTEST), LONGEST);
