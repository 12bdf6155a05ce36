/**
 * How long a value is when written as short as JSON can: where a whole resource is exactly as long as its text, the
 * text has no blanks, no escapes, no key twice, and every number as JavaScript writes it; scan.ts need not look.
 * Generated code adds the sizes up on its way. NaN: not known to be the only shortest form, so the scan is to look.
 */
export const numberSize = (v: number): number => {
  const a = v < 0 ? -v : v;
  const sign = v < 0 ? 1 : 0;
  if (!(a < 1e9)) return Number.NaN;
  const whole = a < 10 ? 1 : a < 100 ? 2 : a < 1000 ? 3 : a < 10_000 ? 4 : a < 100_000 ? 5 : a < 1e6 ? 6 : a < 1e7 ? 7 : a < 1e8 ? 8 : 9;
  if (Number.isInteger(a)) return a % 100 === 0 && a !== 0 ? Number.NaN : sign + whole; // 1e2 is as short as 100
  if (a < 0.1) return Number.NaN; // 5e-2 is as short as 0.05
  const hundredths = Math.round(a * 100);
  if (hundredths / 100 === a) return sign + whole + (hundredths % 10 === 0 ? 2 : 3);
  const { length } = String(a);
  return length > 18 ? Number.NaN : sign + length; // more than 17 digits: scan.ts, longNumbers
};

/** Of a value that generated code does not walk. */
export const writtenSize = (value: unknown): number => {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return numberSize(value);
  return typeof value === 'boolean' ? (value ? 4 : 5) : Number.NaN;
};

/**
 * How many numbers of a text without escapes are written `0.0`, which is two longer than 0 need be. Counted only where it
 * is certain: a quote that follows neither a blank nor one of `:[,{` ends a string, and what a colon follows is a key.
 */
export const countZeros = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf(':0.0'); at >= 0; at = text.indexOf(':0.0', at + 4)) {
    if (text[at - 1] === '"' && !' \t\r\n:[,{'.includes(text[at - 2]!) && (text[at + 4] === ',' || text[at + 4] === '}')) count++;
  }
  return count;
};
