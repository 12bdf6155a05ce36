// lowBoundary, highBoundary, precision: http://build.fhir.org/ig/HL7/FHIRPath/#lowboundaryprecision-integer-decimal--date--datetime--time
import { decimalOf, single, systemOf } from '../convert.ts';
import { Decimal } from '../decimal.ts';
import { wrongType } from '../fhirpath-error.ts';
import { type Items, Node, type System, none } from '../item.ts';
import { Moment } from '../moment.ts';
import { Quantity } from '../quantity.ts';
import { type FunctionRow, plain } from './definition.ts';
import { wholeArgument } from './subsetting.ts';

const mostDigits = 31;
const defaults = { Date: 8, DateTime: 17, Time: 9 } as const;

/**
 * The bound further from zero is rounded half up to the precision asked for, the nearer one is cut:
 * both of 1.587 at two digits, 1.58 and 1.59, contain what was measured.
 */
const decimalBoundary = (value: Decimal, digits: number, high: boolean): Decimal | undefined => {
  if (digits < 0 || digits > mostDigits) return undefined;
  const half = new Decimal(5n, value.scale + 1);
  const bound = high ? value.plus(half) : value.minus(half);
  const outward = high === value.digits >= 0n;
  return bound.rounded(digits, outward ? 'half' : value.digits === 0n ? 'half' : 'down');
};

/** Fields of a moment at so many digits of precision. */
const fieldsAt = (digits: number, kind: Moment['kind']): number | undefined =>
  ({ Time: { 2: 4, 4: 5, 6: 6, 9: 6 }, Date: { 4: 1, 6: 2, 8: 3 }, DateTime: { 4: 1, 6: 2, 8: 3, 10: 4, 12: 5, 14: 6, 17: 6 } } as Record<string, Record<number, number>>)[kind]?.[digits];

const momentBoundary = (value: Moment, digits: number, high: boolean): Moment | undefined => {
  const count = fieldsAt(digits, value.kind);
  if (count === undefined) return undefined;
  const fields = value.filled(high).slice(0, count);
  // Without a zone it may be anywhere on Earth: earliest at +14:00, latest at −12:00.
  const zone = value.kind === 'DateTime' && count > 3 ? (value.zone ?? (high ? -12 : 14) * 60) : undefined;
  const cut = digits === 14 ? [...fields.slice(0, 5), Math.floor(fields[5] ?? 0)] : fields;
  return new Moment(value.kind, cut, zone, digits === 17 || digits === 9 ? 3 : 0);
};

const boundary = (value: System, digits: number | undefined, high: boolean): System | undefined => {
  if (value instanceof Moment) return momentBoundary(value, digits ?? defaults[value.kind], high);
  if (value instanceof Quantity) {
    const bound = decimalBoundary(value.value, digits ?? 8, high);
    return bound && new Quantity(bound, value.unit, value.calendar, value.written);
  }
  const number = decimalOf(value);
  if (!number) throw wrongType(high ? 'highBoundary()' : 'lowBoundary()', 'a number, quantity, date or time');
  return decimalBoundary(number, digits ?? 8, high);
};

const boundaryRow = (name: string, high: boolean): FunctionRow =>
  plain(name, 0, 1, (input, [precision]): Items => {
    const item = single(input, `${name}()`);
    const value = item && systemOf(item);
    if (value === undefined) return none;
    const bound = boundary(value, wholeArgument(precision, `${name}()`), high);
    return bound === undefined ? none : [bound];
  });

/** A component of a date or time; `at` its index in Moment.fields. */
const part = (name: string, at: number): FunctionRow =>
  plain(name, 0, 0, (input): Items => {
    const item = single(input, `${name}()`);
    const value = item && systemOf(item);
    const field = value instanceof Moment ? value.fields[at] : undefined;
    return field === undefined || (value instanceof Moment && value.kind === 'Time' && at < 3) ? none : [Math.floor(field)];
  });

export const boundaries: readonly FunctionRow[] = [
  boundaryRow('lowBoundary', false),
  boundaryRow('highBoundary', true),
  plain('precision', 0, 0, (input): Items => {
    const item = single(input, 'precision()');
    const value = item && systemOf(item);
    if (value === undefined) return none;
    if (value instanceof Moment) return [value.precision()];
    const number = value instanceof Quantity ? value.value : decimalOf(value);
    if (!number) throw wrongType('precision()', 'a number, date or time');
    // Digits of the number: 1.58700 has five behind the point.
    return [item instanceof Node && number.scale === 0 ? 0 : number.scale];
  }),
  part('yearOf', 0), part('monthOf', 1), part('dayOf', 2), part('hourOf', 3), part('minuteOf', 4), part('secondOf', 5),
  plain('millisecondOf', 0, 0, (input): Items => {
    const item = single(input, 'millisecondOf()');
    const value = item && systemOf(item);
    const second = value instanceof Moment && value.fraction > 0 ? value.fields[5] : undefined;
    return second === undefined ? none : [Math.round((second % 1) * 1000)];
  }),
  plain('timezoneOffsetOf', 0, 0, (input): Items => {
    const item = single(input, 'timezoneOffsetOf()');
    const value = item && systemOf(item);
    return value instanceof Moment && value.zone !== undefined ? [Decimal.of(value.zone / 60)] : none;
  }),
  plain('dateOf', 0, 0, (input): Items => {
    const item = single(input, 'dateOf()');
    const value = item && systemOf(item);
    return value instanceof Moment && value.kind !== 'Time' ? [new Moment('Date', value.fields.slice(0, 3))] : none;
  }),
  plain('timeOf', 0, 0, (input): Items => {
    const item = single(input, 'timeOf()');
    const value = item && systemOf(item);
    if (!(value instanceof Moment) || value.fields.length < 4) return none;
    return [new Moment('Time', [0, 1, 1, ...value.fields.slice(3)], undefined, value.fraction)];
  }),
];
