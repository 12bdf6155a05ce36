import { decimalOf, systemOf } from './convert.ts';
import { Decimal } from './decimal.ts';
import type { Json } from './environment.ts';
import { FhirPathError } from './fhirpath-error.ts';
import { type Item, type Items, Node, type System, TypeSpecifier } from './item.ts';
import { Moment } from './moment.ts';
import { isObject } from './navigate.ts';
import { Quantity, compareQuantities, inOneUnit } from './quantity.ts';

const deepest = 500;

const sameJson = (a: Json | undefined, b: Json | undefined, loose: boolean, depth: number): boolean => {
  if (a === b) return true;
  if (depth > deepest) throw new FhirPathError('execution', 'the elements to be compared are nested too deeply');
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    if (!loose) return a.every((item: Json, i) => sameJson(item, b[i] as Json, loose, depth + 1));
    const left = [...(b as readonly Json[])];
    return a.every((item: Json) => {
      const i = left.findIndex((other) => sameJson(item, other, loose, depth + 1));
      if (i >= 0) left.splice(i, 1);
      return i >= 0;
    });
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a).filter((key) => !loose || key !== 'id');
    const others = Object.keys(b).filter((key) => !loose || key !== 'id');
    return keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key], loose, depth + 1));
  }
  return loose && typeof a === 'string' && typeof b === 'string' && foldText(a) === foldText(b);
};

/** `~` on strings: case and runs of white space do not matter. */
const foldText = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').trim();

const precisionOf = (value: Decimal): number => value.trimmed().scale;

const sameSystem = (a: System, b: System, loose: boolean): boolean | undefined => {
  if (typeof a === 'string' && typeof b === 'string') return a === b || (loose && foldText(a) === foldText(b));
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b;
  if (a instanceof Moment || b instanceof Moment) {
    if (!(a instanceof Moment && b instanceof Moment)) return sameText(a, b);
    if ((a.kind === 'Time') !== (b.kind === 'Time')) return false;
    const order = a.compare(b);
    return order === undefined ? (loose ? false : undefined) : order === 0;
  }
  if (a instanceof Quantity || b instanceof Quantity) {
    const left = a instanceof Quantity ? a : toQuantity(a);
    const right = b instanceof Quantity ? b : toQuantity(b);
    return left && right ? sameQuantity(left, right, loose) : false;
  }
  const left = decimalOf(a);
  const right = decimalOf(b);
  if (!left || !right) return false;
  if (!loose) return left.compare(right) === 0;
  const scale = Math.min(precisionOf(left), precisionOf(right));
  return left.rounded(scale, 'half').compare(right.rounded(scale, 'half')) === 0;
};

/** A date against a string that looks like one (an element whose type nobody knows). */
const sameText = (a: System, b: System): boolean | undefined => {
  const [moment, text] = a instanceof Moment ? [a, b] : [b, a];
  const other = moment instanceof Moment && typeof text === 'string' ? Moment.parse(text, moment.kind) : undefined;
  return other ? sameSystem(moment, other, false) : false;
};

const toQuantity = (value: System): Quantity | undefined => {
  const amount = decimalOf(value);
  return amount && new Quantity(amount, '1');
};

const sameQuantity = (a: Quantity, b: Quantity, loose: boolean): boolean | undefined => {
  if (!loose) {
    // 1 year and 1 'a' are no more equal than unequal: the calendar's is of no fixed length.
    const order = compareQuantities(a, b);
    return order === undefined ? (a.calendar !== b.calendar ? undefined : inOneUnit(a, b) ? false : undefined) : order === 0;
  }
  const both = inOneUnit(a, b, true);
  if (!both) return false;
  if (both.exact) return sameSystem(both.a, both.b, true) === true;
  // As precise as the less precise of the two as written: 4 'g' ~ 4040 'mg'.
  const [x, y] = [both.a.toNumber(), both.b.toNumber()];
  const unit = (written: Quantity, canonical: number): number => {
    const amount = written.value.toNumber();
    return amount === 0 ? 0 : Math.abs(canonical / amount) * 10 ** -precisionOf(written.value);
  };
  const step = Math.max(unit(a, x), unit(b, y));
  return step === 0 ? x === y : Math.round(x / step) === Math.round(y / step);
};

export const sameItem = (a: Item, b: Item, loose: boolean): boolean | undefined => {
  if (a === b) return true;
  if (a instanceof TypeSpecifier || b instanceof TypeSpecifier) {
    return a instanceof TypeSpecifier && b instanceof TypeSpecifier && a.name === b.name && a.namespace === b.namespace;
  }
  const left = systemOf(a);
  const right = systemOf(b);
  if (left !== undefined && right !== undefined) return sameSystem(left, right, loose);
  if (a instanceof Node && b instanceof Node) return sameJson(a.value, b.value, loose, 0) && (loose || sameJson(a.extra, b.extra, false, 0));
  return false;
};

/** `=`; undefined is the empty collection. */
export const equal = (a: Items, b: Items): boolean | undefined => {
  if (a.length === 0 || b.length === 0) return undefined;
  if (a.length !== b.length) return false;
  let result: boolean | undefined = true;
  for (let i = 0; i < a.length; i++) {
    const same = sameItem(a[i] as Item, b[i] as Item, false);
    if (same === false) return false;
    if (same === undefined) result = undefined;
  }
  return result;
};

/** `~`: order does not matter. */
export const equivalent = (a: Items, b: Items): boolean => {
  if (a.length !== b.length) return false;
  if (a.length === 1) return sameItem(a[0] as Item, b[0] as Item, true) === true;
  const left = [...b];
  return a.every((item) => {
    const i = left.findIndex((other) => sameItem(item, other, true));
    if (i >= 0) left.splice(i, 1);
    return i >= 0;
  });
};

/** What tells primitives apart quickly: equal ones have equal keys. Undefined: compare in full. */
export const keyOf = (item: Item): string | undefined => {
  const value = item instanceof Node && typeof item.value !== 'object' ? systemOf(item) : item;
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'boolean') return `b${String(value)}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `n${String(value)}`;
  return value instanceof Decimal ? `n${String(value.trimmed())}` : undefined;
};
