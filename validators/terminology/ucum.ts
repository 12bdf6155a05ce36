import { ucum } from '@atomic-ehr/ucum';

const known = new Map<string, boolean>();

/** UCUM units, case sensitive: https://ucum.org/ucum. Answers are kept for up to 10,000 unit strings. */
export const UCUM = {
  valid(unit: string): boolean {
    let valid = known.get(unit);
    if (valid === undefined) {
      if (known.size >= 10_000) known.clear();
      try { valid = unit.length <= 200 && ucum.validate(unit).valid === true; } catch { valid = false; }
      known.set(unit, valid);
    }
    return valid;
  },
  /** `undefined` where the two do not measure the same thing. */
  convert(value: number, from: string, to: string): number | undefined {
    if (from === to) return value;
    try { return ucum.isConvertible(from, to) ? ucum.convert(value, from, to) : undefined; } catch { return undefined; }
  },
};
