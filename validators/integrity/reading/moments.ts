/**
 * A FHIR date, dateTime or instant as the interval of instants it can mean, in ms since 1970 UTC.
 * A date has no zone: it begins at UTC+14 at the earliest and ends at UTC−12 at the latest.
 */
export type Moment = {
  readonly from: number;
  readonly to: number;
  /** `hasZone` false with `hasTime` true is what FHIR forbids. */
  readonly hasTime: boolean;
  readonly hasZone: boolean;
};

export const hour = 3_600_000;
export const day = 24 * hour;

/** @returns undefined when it is not a FHIR date (then the profile check says so) */
export function moment(text: unknown): Moment | undefined {
  if (typeof text !== 'string' || text.length < 4) return undefined;
  const year = digits(text, 0, 4);
  const month = text.length >= 7 && text[4] === '-' ? digits(text, 5, 7) : undefined;
  const date = text.length >= 10 && text[7] === '-' ? digits(text, 8, 10) : undefined;
  if (year === undefined || (text.length > 4 && month === undefined) || (text.length > 7 && date === undefined)) return undefined;
  if (text.length <= 10) {
    const from = daysTo(year, month ?? 1, date ?? 1);
    const to = date !== undefined ? from + 1 : month !== undefined ? daysTo(year, month + 1, 1) : daysTo(year + 1, 1, 1);
    return { from: from * day - 14 * hour, to: to * day + 12 * hour - 1, hasTime: false, hasZone: false };
  }
  return instant(text, daysTo(year, month ?? 1, date ?? 1) * day);
}

function instant(text: string, midnight: number): Moment | undefined {
  const [hours, minutes] = [digits(text, 11, 13), digits(text, 14, 16)];
  if (text[10] !== 'T' || hours === undefined || minutes === undefined) return undefined;
  let at = 16;
  let ms = midnight + hours * hour + minutes * 60_000;
  if (text[16] === ':') {
    ms += (digits(text, 17, 19) ?? 0) * 1000;
    at = 19;
    if (text[19] === '.') {
      at = 20;
      while (at < text.length && isDigit(text.charCodeAt(at))) at++;
      ms += Number(`0${text.slice(19, at)}`) * 1000;
    }
  }
  if (at === text.length) return { from: ms - 14 * hour, to: ms + 12 * hour, hasTime: true, hasZone: false };
  if (text[at] === 'Z') return { from: ms, to: ms, hasTime: true, hasZone: true };
  const offset = (digits(text, at + 1, at + 3) ?? 0) * hour + (digits(text, at + 4, at + 6) ?? 0) * 60_000;
  const utc = text[at] === '-' ? ms + offset : ms - offset;
  return { from: utc, to: utc, hasTime: true, hasZone: true };
}

/** Whether the first is certainly before the second; two dates are compared as written, at the coarser precision. */
export function isBefore(first: string, second: string, slack = 0): boolean {
  const [a, b] = [moment(first), moment(second)];
  if (a === undefined || b === undefined) return false;
  if (slack === 0 && (!a.hasTime || !b.hasTime)) {
    const coarse = Math.min(10, first.length, second.length);
    if (first.slice(0, coarse) >= second.slice(0, coarse)) return false;
    if (!a.hasTime && !b.hasTime) return true;
  }
  return a.to + slack < b.from;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function digits(text: string, from: number, to: number): number | undefined {
  let n = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return undefined;
    n = n * 10 + code - 48;
  }
  return n;
}

/** Days from 1970-01-01 in the Gregorian calendar: Howard Hinnant, "chrono-compatible low-level date algorithms". */
function daysTo(year: number, month: number, date: number): number {
  if (month > 12) return daysTo(year + 1, month - 12, date);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}
