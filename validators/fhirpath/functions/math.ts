// http://hl7.org/fhirpath/N1/#math
import { decimalOf, single, systemOf } from '../convert.ts';
import { Decimal } from '../decimal.ts';
import { wrongType } from '../fhirpath-error.ts';
import { type Items, type System, none } from '../item.ts';
import { Quantity } from '../quantity.ts';
import { type FunctionRow, plain } from './definition.ts';
import { wholeArgument } from './subsetting.ts';

const numberRow = (name: string, most: number, run: (value: Decimal, given: System, args: readonly Items[]) => System | undefined): FunctionRow =>
  plain(name, 0, most, (input, args) => {
    const item = single(input, `${name}()`);
    const given = item && systemOf(item);
    if (item === undefined) return none;
    if (given instanceof Quantity) {
      const value = run(given.value, given.value, args);
      const amount = value === undefined ? undefined : decimalOf(value);
      return amount ? [new Quantity(amount, given.unit, given.calendar, given.written)] : none;
    }
    const value = decimalOf(given);
    if (!value || given === undefined) throw wrongType(`${name}()`, 'a number');
    const result = run(value, given, args);
    return result === undefined ? none : [result];
  });

const whole = (value: Decimal): System | undefined => {
  const number = value.toNumber();
  return Math.abs(number) <= 2 ** 31 ? number : value;
};

/** By floating point: 15 to 17 digits, as every implementation does. */
const real = (value: number): Decimal | undefined => (Number.isFinite(value) ? Decimal.of(value) : undefined);

const argument = (items: Items | undefined, where: string): Decimal | undefined => {
  const item = items && single(items, where);
  return item === undefined ? undefined : decimalOf(systemOf(item));
};

const power = (base: Decimal, given: System, args: readonly Items[]): System | undefined => {
  const exponent = argument(args[0], 'power()');
  if (!exponent) return undefined;
  if (exponent.isWhole() && exponent.digits >= 0n && exponent.toNumber() <= 64 && base.scale <= 16) {
    const count = exponent.toNumber();
    const exact = new Decimal(base.digits ** BigInt(count), base.scale * count);
    return typeof given === 'number' ? whole(exact) : exact;
  }
  return real(base.toNumber() ** exponent.toNumber());
};

export const math: readonly FunctionRow[] = [
  numberRow('abs', 0, (value, given) => (typeof given === 'number' ? Math.abs(given) : value.absolute())),
  numberRow('ceiling', 0, (value) => whole(value.rounded(0, 'ceiling'))),
  numberRow('floor', 0, (value) => whole(value.rounded(0, 'floor'))),
  numberRow('truncate', 0, (value) => whole(value.rounded(0, 'down'))),
  numberRow('round', 1, (value, _given, [digits]) => {
    const scale = digits === undefined ? 0 : wholeArgument(digits, 'round()');
    if (scale === undefined || scale < 0 || scale > 100) throw wrongType('round()', 'a precision of 0 or more');
    return scale >= value.scale ? value : value.rounded(scale, 'half');
  }),
  numberRow('exp', 0, (value) => real(Math.exp(value.toNumber()))),
  numberRow('ln', 0, (value) => real(Math.log(value.toNumber()))),
  numberRow('log', 1, (value, _given, [base]) => {
    const of = argument(base, 'log()')?.toNumber();
    if (of === undefined) return undefined;
    const number = value.toNumber();
    return real(of === 10 ? Math.log10(number) : of === 2 ? Math.log2(number) : Math.log(number) / Math.log(of));
  }),
  numberRow('sqrt', 0, (value) => real(Math.sqrt(value.toNumber()))),
  numberRow('power', 1, power),
];
