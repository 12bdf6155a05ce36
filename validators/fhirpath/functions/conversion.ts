// http://hl7.org/fhirpath/N1/#conversion
import { decimalOf, single, systemOf } from '../convert.ts';
import { Decimal } from '../decimal.ts';
import { FhirPathError, wrongType } from '../fhirpath-error.ts';
import { Node, type System, none, truth } from '../item.ts';
import { Moment } from '../moment.ts';
import { Quantity, compareQuantities, inOneUnit } from '../quantity.ts';
import { canonicalUnit } from '../ucum.ts';
import { type FunctionRow, lazy, plain, textArgument } from './definition.ts';

type Conversion = (value: System) => System | undefined;

const words: Readonly<Record<string, boolean>> = { true: true, t: true, yes: true, y: true, '1': true, '1.0': true, false: false, f: false, no: false, n: false, '0': false, '0.0': false };

const toBoolean: Conversion = (value) => {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return Object.hasOwn(words, value.toLowerCase()) ? words[value.toLowerCase()] : undefined;
  const number = decimalOf(value)?.trimmed();
  return number?.scale !== 0 ? undefined : number.digits === 1n ? true : number.digits === 0n ? false : undefined;
};
const toInteger: Conversion = (value) => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  const number = typeof value === 'bigint' ? Number(value) : typeof value === 'string' && /^[+-]?[0-9]{1,10}$/.test(value) ? Number(value) : undefined;
  return number !== undefined && number >= -(2 ** 31) && number < 2 ** 31 ? number : undefined;
};
const toLong: Conversion = (value) => {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
  const number = typeof value === 'string' && /^[+-]?[0-9]{1,19}$/.test(value) ? BigInt(value.replace('+', '')) : undefined;
  return number !== undefined && BigInt.asIntN(64, number) === number ? number : undefined;
};
const toDecimal: Conversion = (value) => {
  if (typeof value === 'boolean') return new Decimal(value ? 10n : 0n, 1);
  if (typeof value === 'string') return /^[+-]?[0-9]+(\.[0-9]+)?$/.test(value) ? Decimal.parse(value) : undefined;
  return decimalOf(value);
};
const toQuantity: Conversion = (value) => {
  if (value instanceof Quantity) return value;
  if (typeof value === 'string') return Quantity.parse(value);
  const number = typeof value === 'boolean' ? Decimal.of(value ? 1 : 0) : decimalOf(value);
  return number && new Quantity(number, '1');
};
const toDate: Conversion = (value) => {
  if (typeof value === 'string') return Moment.parse(value, 'Date') ?? toDate(Moment.parse(value, 'DateTime') ?? 0);
  if (value instanceof Moment && value.kind !== 'Time') return new Moment('Date', value.fields.slice(0, 3));
  return undefined;
};
const toDateTime: Conversion = (value) => {
  if (typeof value === 'string') return Moment.parse(value, 'DateTime');
  return value instanceof Moment && value.kind !== 'Time' ? new Moment('DateTime', value.fields, value.zone, value.fraction) : undefined;
};
const toTime: Conversion = (value) => (typeof value === 'string' ? Moment.parse(value, 'Time') : value instanceof Moment && value.kind === 'Time' ? value : undefined);

const conversions: Readonly<Record<string, Conversion>> = {
  Boolean: toBoolean, Integer: toInteger, Long: toLong, Decimal: toDecimal, String: String,
  Date: toDate, DateTime: toDateTime, Time: toTime,
};

const rows = Object.entries(conversions).flatMap(([name, convert]): FunctionRow[] => [
  plain(`to${name}`, 0, 0, (input) => {
    const item = single(input, `to${name}()`);
    const text = name === 'String' && item instanceof Node && typeof item.value === 'string' ? item.value : undefined;
    const value = item && (text ?? systemOf(item));
    const converted = value === undefined ? undefined : convert(value);
    return converted === undefined ? none : [converted];
  }),
  plain(`convertsTo${name}`, 0, 0, (input) => {
    const item = single(input, `convertsTo${name}()`);
    if (item === undefined) return none;
    const value = systemOf(item);
    return truth(value !== undefined && convert(value) !== undefined);
  }),
]);

/** In the unit asked for; undefined where that is impossible. */
const inUnit = (quantity: Quantity, unit: string | undefined): Quantity | undefined => {
  if (unit === undefined || unit === quantity.unit) return quantity;
  const wanted = new Quantity(Decimal.of(1), unit);
  const both = inOneUnit(quantity, wanted);
  const factor = canonicalUnit(unit)?.factor;
  return both && factor !== undefined ? new Quantity(Decimal.of(Number((both.a.toNumber() / factor).toPrecision(15))), unit) : undefined;
};

const quantityRow = (name: string, answer: (quantity: Quantity | undefined) => ReturnType<typeof truth>): FunctionRow =>
  plain(name, 0, 1, (input, [unit]) => {
    const item = single(input, `${name}()`);
    if (item === undefined) return none;
    const value = systemOf(item);
    const quantity = value === undefined ? undefined : toQuantity(value);
    return answer(quantity instanceof Quantity ? inUnit(quantity, textArgument(unit, `${name}()`)) : undefined);
  });

export const conversion: readonly FunctionRow[] = [
  ...rows,
  quantityRow('toQuantity', (quantity) => (quantity ? [quantity] : none)),
  quantityRow('convertsToQuantity', (quantity) => truth(quantity !== undefined)),
  plain('comparable', 1, 1, (input, [other = none]) => {
    const [a, b] = [single(input, 'comparable()'), single(other, 'comparable()')].map((item) => item && systemOf(item));
    if (a === undefined || b === undefined) return none;
    return truth(a instanceof Quantity && b instanceof Quantity && compareQuantities(a, b) !== undefined);
  }),
  lazy('iif', 2, 3, (input, [criterion, yes, otherwise], scope) => {
    const item = single(input, 'iif()');
    const inner = scope.inner();
    inner.focus = item === undefined ? none : [item];
    const answer = single(criterion?.(inner) ?? none, 'the criterion of iif()');
    const value = answer instanceof Node ? answer.value : answer;
    if (value !== undefined && typeof value !== 'boolean') throw wrongType('the criterion of iif()', 'a boolean');
    if (!yes) throw new FhirPathError('syntax', 'iif() needs a result');
    return (value === true ? yes(inner) : otherwise?.(inner)) ?? none;
  }),
];
