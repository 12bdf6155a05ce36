/** A date search value as the span of time its precision covers: [from, until) in milliseconds. */
export type InstantRange = { prefix: string; from: number; until: number };

const form = /^(eq|ne|gt|lt|ge|le|sa|eb)?(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** Undefined when it is no FHIR date; without a zone it is read as UTC. */
export function parseInstantRange(text: string): InstantRange | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [, prefix = 'eq', year, month, day, hour, minute, second, fraction, zone] = match;
  const start = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '').padEnd(3, '0').slice(0, 3)}${zone ?? 'Z'}`;
  const from = Date.parse(start);
  if (Number.isNaN(from)) return undefined;
  return { prefix, from, until: from + span() };

  function span(): number {
    if (fraction !== undefined) return 1;
    if (second !== undefined) return 1000;
    if (minute !== undefined) return 60_000;
    if (day !== undefined) return 86_400_000;
    if (month !== undefined) return Date.UTC(Number(year), Number(month), 1) - from;
    return Date.UTC(Number(year) + 1, 0, 1) - from;
  }
}

// http://hl7.org/fhir/R4/search.html#prefix
export function matchesRange(instant: number, { prefix, from, until }: InstantRange): boolean {
  switch (prefix) {
    case 'eq': return instant >= from && instant < until;
    case 'ne': return instant < from || instant >= until;
    case 'gt': case 'sa': return instant >= until;
    case 'ge': return instant >= from;
    case 'lt': case 'eb': return instant < from;
    default: return instant < until; // le
  }
}
