/** A time as facts carry it: UTC with six decimals, `2026-11-26T04:51:00.123000Z`. */
export function instant(at: Date): string;
export function instant(at: Date | null): string | null;
export function instant(at: Date | null): string | null {
  return at === null ? null : at.toISOString().replace('Z', '000Z');
}
