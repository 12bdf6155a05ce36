/**
 * Date, dateTime or time, with the precision it was written in.
 * `fields`: [year, month, day, hour, minute, seconds] as far as known; a time starts at index 3
 * (before it: 0, 1, 1). Seconds carry their milliseconds: 31.25.
 */
export type MomentKind = 'Date' | 'DateTime' | 'Time';

const pattern = /^(?:([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?)?(?:T(?:([0-9]{2})(?::([0-9]{2})(?::([0-9]{2}(?:\.[0-9]+)?))?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?$/;
const daysIn = (year: number, month: number): number => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
const two = (value: number): string => String(value).padStart(2, '0');
const minute = 60_000;

export class Moment {
  readonly kind: MomentKind;
  readonly fields: readonly number[];
  /** Minutes east of UTC; undefined where none was given. */
  readonly zone: number | undefined;
  /** Digits of the seconds' fraction as written: 0 to 3 matter. */
  readonly fraction: number;
  constructor(kind: MomentKind, fields: readonly number[], zone?: number, fraction = 0) {
    this.kind = kind;
    this.fields = fields;
    this.zone = zone;
    this.fraction = fraction;
  }

  /** A FHIR or FHIRPath lexeme without @ (a time without T too); undefined if it is none of that kind or no calendar day. */
  static parse(text: string, kind: MomentKind): Moment | undefined {
    if (text.length > 60) return undefined;
    const match = pattern.exec(kind === 'Time' && !text.startsWith('T') ? `T${text}` : text);
    if (!match) return undefined;
    const [, year, month, day, hour, min, second, offset] = match;
    if ((kind === 'Time') !== (year === undefined) || (kind === 'Time' && (hour === undefined || offset !== undefined))) return undefined;
    if (kind === 'Date' && text.includes('T')) return undefined;
    if (hour !== undefined && kind === 'DateTime' && day === undefined) return undefined;
    const fields = kind === 'Time' ? [0, 1, 1] : [Number(year)];
    if (kind !== 'Time' && month !== undefined) fields.push(Number(month));
    if (kind !== 'Time' && day !== undefined) fields.push(Number(day));
    for (const part of [hour, min, second]) if (part !== undefined) fields.push(Number(part));
    const [y = 0, mo = 1, d = 1, h = 0, mi = 0, s = 0] = fields;
    if (mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo) || h > 23 || mi > 59 || s >= 61) return undefined;
    const zone = offset === undefined ? undefined : offset === 'Z' ? 0 : (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4)));
    const point = second?.indexOf('.') ?? -1;
    return new Moment(kind, fields, zone, point < 0 ? 0 : (second as string).length - point - 1);
  }

  /** Milliseconds since 1970 of the earliest instant it may mean, read as UTC where it has no zone. */
  epoch(fields: readonly number[] = this.fields): number {
    const [year = 0, month = 1, day = 1, hour = 0, min = 0, second = 0] = fields;
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return date.getTime() + (hour * 60 + min - (this.zone ?? 0)) * minute + Math.round(second * 1000);
  }

  /** −1, 0, 1, or undefined where precision or zone leave it open. Comparable kinds only. */
  compare(other: Moment): number | undefined {
    if ((this.zone === undefined) !== (other.zone === undefined) && this.fields.length > 3 && other.fields.length > 3) {
      // The one without a zone may lie anywhere from UTC+14 to UTC−12.
      const [open, fixed, sign] = this.zone === undefined ? [this, other, 1] : [other, this, -1];
      const earliest = open.epoch() - 14 * 60 * minute;
      const latest = open.epoch(open.filled(true)) + 12 * 60 * minute;
      if (latest < fixed.epoch()) return -sign;
      if (earliest > fixed.epoch(fixed.filled(true))) return sign;
      return undefined;
    }
    const shifted = this.zone !== undefined && other.zone !== undefined && this.zone !== other.zone;
    const a = shifted ? this.inUtc() : this.fields;
    const b = shifted ? other.inUtc() : other.fields;
    const shared = Math.min(a.length, b.length);
    for (let i = 0; i < shared; i++) {
      const x = a[i] as number;
      const y = b[i] as number;
      if (x !== y) return x < y ? -1 : 1;
    }
    return a.length === b.length ? 0 : undefined;
  }

  inUtc(): readonly number[] {
    if (this.fields.length <= 3) return this.fields;
    const date = new Date(this.epoch());
    const all = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds() + date.getUTCMilliseconds() / 1000];
    return all.slice(0, this.fields.length);
  }

  /** All six fields: the first instant it may mean, or (`last`) the last millisecond. */
  filled(last: boolean): number[] {
    const [year = 0, month = last ? 12 : 1, day = last ? daysIn(year, month) : 1, hour = last ? 23 : 0, min = last ? 59 : 0, second = last ? 59.999 : 0] = this.fields;
    const open = last && this.fields.length === 6 && this.fraction < 3;
    return [year, month, day, hour, min, open ? Number(`${second.toFixed(this.fraction)}${this.fraction === 0 ? '.' : ''}${'9'.repeat(3 - this.fraction)}`) : second];
  }

  /** Digits of its fields, as FHIRPath counts precision: 4 a year, 8 a day, 17 a millisecond; a time 2 to 9. */
  precision(): number {
    const count = this.fields.length;
    const seconds = count === 6 && this.fraction > 0 ? 3 : 0;
    return (this.kind === 'Time' ? (count - 3) * 2 : count * 2 + 2) + seconds;
  }

  /** As a literal without @: 2014-01-05T10:30:00.000Z. */
  toString(): string {
    const [year = 0, month, day, hour, min, second] = this.fields;
    const clock = hour === undefined ? '' : two(hour) + (min === undefined ? '' : `:${two(min)}`) + (second === undefined ? '' : `:${this.#seconds(second)}`);
    if (this.kind === 'Time') return clock;
    const date = String(year).padStart(4, '0') + (month === undefined ? '' : `-${two(month)}`) + (day === undefined ? '' : `-${two(day)}`);
    if (this.kind === 'Date' || hour === undefined) return date;
    return `${date}T${clock}${this.#zone()}`;
  }
  #seconds(second: number): string {
    const digits = Math.min(this.fraction, 3);
    return second.toFixed(digits).padStart(digits > 0 ? digits + 3 : 2, '0');
  }
  #zone(): string {
    if (this.zone === undefined) return '';
    if (this.zone === 0) return 'Z';
    const size = Math.abs(this.zone);
    return `${this.zone < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  }

  /** `amount` whole calendar units later; undefined beyond the years 1 to 9999. http://hl7.org/fhirpath/N1/#datetime-arithmetic */
  plus(amount: number, unit: string): Moment | undefined {
    const [year = 0, month = 1, day = 1] = this.fields;
    let fields: number[];
    if (unit === 'year' || unit === 'month') {
      if (this.kind === 'Time') return undefined;
      const months = year * 12 + (month - 1) + amount * (unit === 'year' ? 12 : 1);
      const [y, m] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
      fields = [y, m, Math.min(day, daysIn(y, m)), ...this.fields.slice(3)];
    } else {
      const size = { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute, second: 1000, millisecond: 1 }[unit];
      if (size === undefined) return undefined;
      const date = new Date(this.epoch() + (this.zone ?? 0) * minute + amount * size);
      if (Number.isNaN(date.getTime())) return undefined;
      fields = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds() + date.getUTCMilliseconds() / 1000];
      if (this.kind === 'Time') fields.splice(0, 3, 0, 1, 1);
    }
    const known = fields.slice(0, this.fields.length);
    if (this.kind !== 'Time' && ((known[0] ?? 0) < 1 || (known[0] ?? 0) > 9999)) return undefined;
    const seconds = known[5];
    const fraction = seconds !== undefined && !Number.isInteger(seconds) ? Math.max(this.fraction, 3) : this.fraction;
    return new Moment(this.kind, known, this.zone, fraction);
  }
}
