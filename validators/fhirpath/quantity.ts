import { Decimal } from './decimal.ts';
import { calendarUnits } from './syntax.ts';
import { canonicalUnit } from './ucum.ts';

/** A number with a unit: a UCUM code, or a calendar word (`calendar`: year, week, … always singular). */
export class Quantity {
  readonly value: Decimal;
  readonly unit: string;
  readonly calendar: boolean;
  /** The unit as written: `weeks`. */
  readonly written: string;
  constructor(value: Decimal, unit: string, calendar = false, written = unit) {
    this.value = value;
    this.unit = unit;
    this.calendar = calendar;
    this.written = written;
  }

  /** `unit` as parse.ts keeps it: quoted UCUM or a bare calendar word. */
  static of(value: Decimal, unit: string): Quantity {
    if (!unit.startsWith("'")) return new Quantity(value, calendarUnits.get(unit) ?? unit, true, unit);
    return new Quantity(value, unit.slice(1, -1));
  }
  /** `4 days`, `1.5 'mg'`, `7`: http://hl7.org/fhirpath/N1/#toquantityunit-string-quantity */
  static parse(text: string): Quantity | undefined {
    const match = /^([+-]?[0-9]+(?:\.[0-9]+)?)\s*(?:'([^']+)'|([a-z]+))?$/.exec(text);
    const value = match && Decimal.parse(match[1] as string);
    if (!match || !value) return undefined;
    if (match[3] !== undefined) return calendarUnits.has(match[3]) ? Quantity.of(value, match[3]) : undefined;
    return new Quantity(value, match[2] ?? '1');
  }
  toString(): string {
    return this.calendar ? `${this.value} ${this.written}` : `${this.value} '${this.unit}'`;
  }
}

// Calendar durations up to a week are also definite ones; months and years are not.
const definite: Readonly<Record<string, string>> = { week: 'wk', day: 'd', hour: 'h', minute: 'min', second: 's', millisecond: 'ms' };
const loosely: Readonly<Record<string, string>> = { ...definite, year: 'a', month: 'mo' };

const ucumOf = (quantity: Quantity, loose: boolean): string | undefined =>
  quantity.calendar ? (loose ? loosely : definite)[quantity.unit] : quantity.unit;

/** Both values in one unit, or undefined where the units do not compare. `exact`: no factor was applied. */
export const inOneUnit = (a: Quantity, b: Quantity, loose = false): { a: Decimal; b: Decimal; exact: boolean } | undefined => {
  if (a.unit === b.unit && a.calendar === b.calendar) return { a: a.value, b: b.value, exact: true };
  if (a.calendar && b.calendar && a.unit in { year: 1, month: 1 } && b.unit in { year: 1, month: 1 }) {
    const months = (quantity: Quantity): Decimal => quantity.value.times(Decimal.of(quantity.unit === 'year' ? 12 : 1));
    return { a: months(a), b: months(b), exact: true };
  }
  const left = ucumOf(a, loose);
  const right = ucumOf(b, loose);
  if (left === undefined || right === undefined) return undefined;
  const from = canonicalUnit(left);
  const to = canonicalUnit(right);
  if (!from || !to || from.dimension !== to.dimension) return undefined;
  return { a: from.canonical(a.value), b: to.canonical(b.value), exact: false };
};

export const comparable = (a: Quantity, b: Quantity): boolean => inOneUnit(a, b) !== undefined;

/** −1, 0, 1 or undefined (not comparable). Converted values count as equal within 10⁻¹² of each other, UCUM's factors being floats. */
export const compareQuantities = (a: Quantity, b: Quantity, loose = false): number | undefined => {
  const both = inOneUnit(a, b, loose);
  if (!both) return undefined;
  if (!both.exact) {
    const [x, y] = [both.a.toNumber(), both.b.toNumber()];
    if (Math.abs(x - y) <= 1e-12 * Math.max(Math.abs(x), Math.abs(y))) return 0;
  }
  return both.a.compare(both.b);
};
