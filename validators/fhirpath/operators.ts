import { decimalOf, single, stringOf, systemOf } from './convert.ts';
import { Decimal } from './decimal.ts';
import { FhirPathError, wrongType } from './fhirpath-error.ts';
import { type Items, Node, type System, none } from './item.ts';
import { Moment } from './moment.ts';
import { Quantity, compareQuantities } from './quantity.ts';
import { canonicalUnit } from './ucum.ts';

const integer = (value: number): Items => (value >= -(2 ** 31) && value < 2 ** 31 ? [value] : none);
const one = (value: System | undefined): Items => (value === undefined ? none : [value]);

const operand = (items: Items, operator: string): System | undefined => {
  const item = single(items, operator);
  if (item === undefined) return undefined;
  const value = systemOf(item);
  // A primitive with extensions only has nothing to compare.
  if (value === undefined && !(item instanceof Node && item.value === undefined)) throw wrongType(operator, 'primitive values or quantities');
  return value;
};

/** −1, 0, 1 or undefined (empty): http://hl7.org/fhirpath/N1/#comparison */
export const compareSystem = (a: System, b: System, operator: string): number | undefined => {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof Moment && b instanceof Moment && (a.kind === 'Time') === (b.kind === 'Time')) return a.compare(b);
  if (a instanceof Moment && typeof b === 'string') return withText(a, b, operator);
  if (b instanceof Moment && typeof a === 'string') return negative(withText(b, a, operator));
  if (a instanceof Quantity || b instanceof Quantity) {
    const left = quantityOf(a);
    const right = quantityOf(b);
    if (left && right) return compareQuantities(left, right);
  }
  const left = decimalOf(a);
  const right = decimalOf(b);
  if (left && right) return left.compare(right);
  throw wrongType(operator, 'two values of one ordered type');
};
const negative = (order: number | undefined): number | undefined => (order === undefined ? undefined : -order);
const withText = (moment: Moment, text: string, operator: string): number | undefined => {
  const other = Moment.parse(text, moment.kind);
  if (!other) throw wrongType(operator, 'two values of one ordered type');
  return moment.compare(other);
};
const quantityOf = (value: System): Quantity | undefined => {
  if (value instanceof Quantity) return value;
  const amount = decimalOf(value);
  return amount && new Quantity(amount, '1');
};

export const compare = (left: Items, right: Items, operator: string): number | undefined => {
  const a = operand(left, operator);
  const b = operand(right, operator);
  return a === undefined || b === undefined ? undefined : compareSystem(a, b, operator);
};

const calendarOf: Readonly<Record<string, string>> = { wk: 'week', d: 'day', h: 'hour', min: 'minute', s: 'second', ms: 'millisecond' };
const words = new Set(['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']);

const shift = (moment: Moment, by: Quantity, sign: 1 | -1): Items => {
  const plain = by.unit.endsWith('s') ? by.unit.slice(0, -1) : by.unit;
  const unit = by.calendar ? by.unit : (calendarOf[by.unit] ?? (words.has(plain) ? plain : undefined));
  if (unit === undefined) throw new FhirPathError('execution', 'only a calendar duration, or a definite one of at most weeks, can be added to a date or time');
  let amount = by.value;
  let step = unit;
  // Below a second's precision the fraction counts; above it is dropped.
  if (unit === 'second' && !amount.isWhole()) {
    amount = amount.times(Decimal.of(1000));
    step = 'millisecond';
  }
  const whole = amount.rounded(0, 'down').toNumber() * sign;
  return Number.isSafeInteger(whole) ? one(withPrecision(moment, whole, step)) : none;
};

/** A partial date takes a finer unit as so many of its own: @2014 + 24 months is @2016. */
const withPrecision = (moment: Moment, amount: number, unit: string): Moment | undefined => {
  const months = { 1: 'year', 2: 'month' }[moment.fields.length as 1 | 2];
  if (months === undefined || unit === 'year' || (unit === 'month' && months === 'month')) return moment.plus(amount, unit);
  const perYear = { month: 12, week: 52, day: 365, hour: 365 * 24, minute: 365 * 1440, second: 365 * 86_400, millisecond: 365 * 86_400_000 }[unit];
  const perMonth = { week: 4, day: 30, hour: 720, minute: 43_200, second: 2_592_000, millisecond: 2_592_000_000 }[unit];
  const per = months === 'year' ? perYear : perMonth;
  return per === undefined ? undefined : moment.plus(Math.trunc(amount / per), months);
};

/** + and −. */
export const add = (left: Items, right: Items, sign: 1 | -1): Items => {
  const operator = sign === 1 ? '+' : '-';
  const a = operand(left, operator);
  const b = operand(right, operator);
  if (a === undefined || b === undefined) return none;
  if (typeof a === 'number' && typeof b === 'number') return integer(a + sign * b);
  if (sign === 1 && typeof a === 'string' && typeof b === 'string') return [a + b];
  if (a instanceof Moment && b instanceof Quantity) return shift(a, b, sign);
  if (a instanceof Quantity && b instanceof Quantity) return addQuantities(a, b, sign);
  if (typeof a === 'bigint' || typeof b === 'bigint') {
    if ((typeof a === 'bigint' || typeof a === 'number') && (typeof b === 'bigint' || typeof b === 'number')) return [BigInt(a) + BigInt(sign) * BigInt(b)];
  }
  const x = decimalOf(a);
  const y = decimalOf(b);
  if (x && y) return [sign === 1 ? x.plus(y) : x.minus(y)];
  throw wrongType(operator, 'two values that can be added');
};

const addQuantities = (a: Quantity, b: Quantity, sign: 1 | -1): Items => {
  const sum = (x: Decimal, y: Decimal): Decimal => (sign === 1 ? x.plus(y) : x.minus(y));
  if (a.unit === b.unit && a.calendar === b.calendar) return [new Quantity(sum(a.value, b.value), a.unit, a.calendar, a.written)];
  const [x, y] = [canonicalUnit(a.unit), canonicalUnit(b.unit)];
  if (!x || !y || a.calendar || b.calendar || x.dimension !== y.dimension) return none;
  // Into the finer unit, as the specification says of the result's unit.
  const [unit, factor] = x.factor <= y.factor ? [a.unit, x.factor] : [b.unit, y.factor];
  const converted = (value: Decimal, from: number): Decimal => value.times(Decimal.of(Number((from / factor).toPrecision(15))));
  return [new Quantity(sum(converted(a.value, x.factor), converted(b.value, y.factor)), unit)];
};

const combinedUnit = (a: Quantity, b: Quantity, operator: '*' | '/'): { unit: string; factor: Decimal } | undefined => {
  if (b.unit === '1') return { unit: a.unit, factor: Decimal.of(1) };
  if (operator === '/' && a.unit === b.unit) return { unit: '1', factor: Decimal.of(1) };
  if (operator === '*' && a.unit === '1') return { unit: b.unit, factor: Decimal.of(1) };
  const unit = operator === '*' ? `${a.unit}.${b.unit}` : `${a.unit}/${b.unit.includes('/') || b.unit.includes('.') ? `(${b.unit})` : b.unit}`;
  return canonicalUnit(unit) && { unit, factor: Decimal.of(1) };
};

export const multiply = (left: Items, right: Items, operator: '*' | '/'): Items => {
  const a = operand(left, operator);
  const b = operand(right, operator);
  if (a === undefined || b === undefined) return none;
  if (operator === '*' && typeof a === 'number' && typeof b === 'number') return integer(a * b);
  if (a instanceof Quantity || b instanceof Quantity) {
    const x = quantityOf(a);
    const y = quantityOf(b);
    if (!x || !y) throw wrongType(operator, 'numbers or quantities');
    const unit = combinedUnit(x, y, operator);
    const value = operator === '*' ? x.value.times(y.value) : x.value.over(y.value);
    return unit && value ? [new Quantity(value.times(unit.factor), unit.unit)] : none;
  }
  const x = decimalOf(a);
  const y = decimalOf(b);
  if (!x || !y) throw wrongType(operator, 'numbers or quantities');
  return one(operator === '*' ? x.times(y) : x.over(y));
};

export const divide = (left: Items, right: Items, operator: 'div' | 'mod'): Items => {
  const a = operand(left, operator);
  const b = operand(right, operator);
  if (a === undefined || b === undefined) return none;
  const x = decimalOf(a);
  const y = decimalOf(b);
  if (!x || !y) throw wrongType(operator, 'numbers');
  if (operator === 'div') {
    const quotient = x.div(y);
    return quotient === undefined ? none : typeof a === 'bigint' || typeof b === 'bigint' ? [quotient] : integer(Number(quotient));
  }
  const rest = x.mod(y);
  return rest === undefined ? none : typeof a === 'number' && typeof b === 'number' ? [rest.toNumber()] : [rest];
};

/** & : empty counts as ''. */
export const concatenate = (left: Items, right: Items): Items => {
  const text = (items: Items): string => {
    const item = single(items, '&');
    if (item === undefined) return '';
    const value = stringOf(item);
    if (value === undefined) throw wrongType('&', 'strings');
    return value;
  };
  return [text(left) + text(right)];
};

export const negate = (items: Items, sign: '+' | '-'): Items => {
  const value = operand(items, sign);
  if (value === undefined) return none;
  if (typeof value === 'number' || typeof value === 'bigint') return [sign === '-' ? -value : value];
  if (value instanceof Decimal) return [sign === '-' ? value.negated() : value];
  if (value instanceof Quantity) return [sign === '-' ? new Quantity(value.value.negated(), value.unit, value.calendar, value.written) : value];
  throw wrongType(`the sign ${sign}`, 'a number or quantity');
};

// Three-valued logic; undefined is the empty collection. http://hl7.org/fhirpath/N1/#boolean-logic
type Truth = boolean | undefined;
export const and = (a: Truth, b: Truth): Truth => (a === false || b === false ? false : a === true && b === true ? true : undefined);
export const or = (a: Truth, b: Truth): Truth => (a === true || b === true ? true : a === false && b === false ? false : undefined);
export const xor = (a: Truth, b: Truth): Truth => (a === undefined || b === undefined ? undefined : a !== b);
export const implies = (a: Truth, b: Truth): Truth => (a === false || b === true ? true : a === true && b === false ? false : undefined);
