const digits = (s: string, from: number, to: number): number => {
  let n = 0;
  for (let i = from; i < to; i++) {
    const c = s.charCodeAt(i) - 48;
    if (c < 0 || c > 9) return -1;
    n = n * 10 + c;
  }
  return to > s.length ? -1 : n;
};

const daysIn = (year: number, month: number): number =>
  month === 2 ? ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

/** What a date or time lexeme is: its precision, or why it is none. */
export type Temporal = 'year' | 'month' | 'day' | 'time-zone' | 'no-zone' | 'invalid';

/** hh:mm:ss(.f+)? from `at`; where it ends, or -1. */
const timeEnd = (s: string, at: number): number => {
  const h = digits(s, at, at + 2), m = digits(s, at + 3, at + 5), sec = digits(s, at + 6, at + 8);
  if (h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 60 || s[at + 2] !== ':' || s[at + 5] !== ':') return -1;
  let i = at + 8;
  if (s.charCodeAt(i) === 46) {
    const from = ++i;
    while (s.charCodeAt(i) >= 48 && s.charCodeAt(i) <= 57) i++;
    if (i === from) return -1;
  }
  return i;
};

/** http://hl7.org/fhir/R4/datatypes.html#dateTime: YYYY, YYYY-MM, YYYY-MM-DD or a full time. */
export const temporal = (s: string): Temporal => {
  const n = s.length;
  const year = digits(s, 0, 4);
  if (year <= 0) return 'invalid';
  if (n === 4) return 'year';
  const month = digits(s, 5, 7);
  if (s.charCodeAt(4) !== 45 || month < 1 || month > 12) return 'invalid';
  if (n === 7) return 'month';
  const day = digits(s, 8, 10);
  if (s.charCodeAt(7) !== 45 || day < 1 || day > daysIn(year, month)) return 'invalid';
  if (n === 10) return 'day';
  if (s.charCodeAt(10) !== 84) return 'invalid';
  const end = timeEnd(s, 11);
  if (end < 0) return 'invalid';
  if (end === n) return 'no-zone';
  const z = s.charCodeAt(end);
  if (z === 90) return n === end + 1 ? 'time-zone' : 'invalid';
  if (z !== 43 && z !== 45) return 'invalid';
  const zh = digits(s, end + 1, end + 3), zm = digits(s, end + 4, end + 6);
  return n === end + 6 && s.charCodeAt(end + 3) === 58 && zh >= 0 && zh <= 14 && zm >= 0 && zm <= 59 && (zh < 14 || zm === 0) ? 'time-zone' : 'invalid';
};

export const isTime = (s: string): boolean => timeEnd(s, 0) === s.length;
