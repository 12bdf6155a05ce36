import times from '../../../fhir-profiles/knowledge/event-times.json' with { type: 'json' };

/** `happened`: a clinical event. `recorded`: somebody wrote it down. `born`, `died`: of the patient. */
export type TimeKind = 'happened' | 'recorded' | 'born' | 'died';
export type TimeRow = { readonly element: string; readonly path: readonly string[]; readonly states: TimeKind; readonly end: boolean };

const byType = new Map<string, TimeRow[]>();
for (const row of times.rows) {
  const rows = byType.get(row.type) ?? [];
  rows.push({ element: row.element, path: row.element.split('.'), states: row.states as TimeKind, end: row.element.endsWith('.end') });
  byType.set(row.type, rows);
}

/** The elements of a type that tell when something happened or was recorded, the clinically relevant one first. */
export const timesOf = (type: string): readonly TimeRow[] => byType.get(type) ?? [];

/** Top-level elements of those, by type: for `reads`. */
export const timeReads: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...byType].map(([type, rows]) => [type, [...new Set(rows.map((row) => row.path[0] ?? ''))]]));

export function timeAt(fields: Readonly<Record<string, unknown>>, row: TimeRow): string | undefined {
  let at: unknown = fields;
  for (const name of row.path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'string' ? at : undefined;
}

/** The clinically relevant time of a resource as given; '' where its type has none or it is absent. */
export function clinicalTime(resource: Readonly<Record<string, unknown>>, type = String(resource['resourceType'])): string {
  for (const row of timesOf(type)) {
    if (row.states === 'born' || row.states === 'died') continue;
    const time = timeAt(resource, row);
    if (time !== undefined) return time;
  }
  return '';
}
