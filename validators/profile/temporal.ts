/** Two digits at `i`; -1 where there are none. */
const two = (s: string, i: number): number => {
  const a = s.charCodeAt(i) - 48, b = s.charCodeAt(i + 1) - 48; // NaN beyond the end
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : -1;
};

const daysIn = (year: number, month: number): number =>
  month === 2 ? ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

/** What a date or time lexeme is: its precision, or why it is none. */
export type Temporal = 'year' | 'month' | 'day' | 'time-zone' | 'no-zone' | 'invalid';

/** hh:mm:ss(.f+)? from `at`; where it ends, or -1. */
const timeEnd = (s: string, at: number): number => {
  const h = two(s, at), m = two(s, at + 3), sec = two(s, at + 6);
  if (h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 60 || s.charCodeAt(at + 2) !== 58 || s.charCodeAt(at + 5) !== 58) return -1;
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
  const century = two(s, 0), year = century < 0 || two(s, 2) < 0 ? -1 : century * 100 + two(s, 2);
  if (year <= 0) return 'invalid';
  if (n === 4) return 'year';
  const month = two(s, 5);
  if (s.charCodeAt(4) !== 45 || month < 1 || month > 12) return 'invalid';
  if (n === 7) return 'month';
  const day = two(s, 8);
  if (s.charCodeAt(7) !== 45 || day < 1 || day > daysIn(year, month)) return 'invalid';
  if (n === 10) return 'day';
  if (s.charCodeAt(10) !== 84) return 'invalid';
  const end = timeEnd(s, 11);
  if (end < 0) return 'invalid';
  if (end === n) return 'no-zone';
  const z = s.charCodeAt(end);
  if (z === 90) return n === end + 1 ? 'time-zone' : 'invalid';
  if (z !== 43 && z !== 45) return 'invalid';
  const zh = two(s, end + 1), zm = two(s, end + 4);
  return n === end + 6 && s.charCodeAt(end + 3) === 58 && zh >= 0 && zh <= 14 && zm >= 0 && zm <= 59 && (zh < 14 || zm === 0) ? 'time-zone' : 'invalid';
};

export const isTime = (s: string): boolean => timeEnd(s, 0) === s.length;
