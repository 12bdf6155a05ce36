import { ucum } from '@atomic-ehr/ucum';

const known = new Map<string, boolean>();

/** An annotation takes any visible ASCII but braces (UCUM §12); the library knows fewer, and none has a meaning. */
const plainAnnotations = (unit: string): string => unit.replace(/\{[\x21-\x7a\x7c\x7e]*\}/g, '{a}');

/** UCUM units, case sensitive: https://ucum.org/ucum. Answers are kept for up to 10,000 unit strings. */
export const UCUM = {
  valid(unit: string): boolean {
    let valid = known.get(unit);
    if (valid === undefined) {
      if (known.size >= 10_000) known.clear();
      try { valid = unit.length <= 200 && ucum.validate(plainAnnotations(unit)).valid === true; } catch { valid = false; }
      known.set(unit, valid);
    }
    return valid;
  },
  /** `undefined` where the two do not measure the same thing. */
  convert(value: number, from: string, to: string): number | undefined {
    if (from === to) return value;
    try { const [a, b] = [plainAnnotations(from), plainAnnotations(to)];
      return ucum.isConvertible(a, b) ? ucum.convert(value, a, b) : undefined; } catch { return undefined; }
  },
};
