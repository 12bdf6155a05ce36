import table from '../../../fhir-profiles/knowledge/plausible-ranges.json' with { type: 'json' };
import { unitOf, type Unit } from './units.ts';

/** Ages in days at the time of the measurement; the whole life where a row names none. */
export type PlausibleRange = { readonly unit: Unit; readonly low: number; readonly high: number; readonly fromDays: number; readonly toDays: number; readonly byAge: boolean };

const ranges = new Map<string, PlausibleRange[]>();
for (const row of table.rows as readonly { code: string; unit: string; low: number; high: number; fromDays?: number; toDays?: number }[]) {
  const unit = unitOf(row.unit);
  if (unit === undefined) throw new Error(`plausible-ranges.json: the unit of ${row.code} is no UCUM`);
  const own = ranges.get(row.code) ?? [];
  own.push({ unit, low: row.low, high: row.high, fromDays: row.fromDays ?? 0, toDays: row.toDays ?? Infinity, byAge: row.fromDays !== undefined });
  ranges.set(row.code, own);
}

/** The narrowest range for a LOINC code: by age where it is known, else for the whole life. */
export function rangeOf(code: string, ageDays: number | undefined): PlausibleRange | undefined {
  const rows = ranges.get(code);
  const narrow = ageDays === undefined ? undefined : rows?.find((row) => row.byAge && ageDays >= row.fromDays && ageDays < row.toDays);
  return narrow ?? rows?.find((row) => !row.byAge);
}
