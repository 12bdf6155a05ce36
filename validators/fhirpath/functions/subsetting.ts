// http://hl7.org/fhirpath/N1/#subsetting and #combining
import { integerOf, single } from '../convert.ts';
import { Distinct } from '../distinct.ts';
import { tooMany, wrongType } from '../fhirpath-error.ts';
import { type Item, type Items, none } from '../item.ts';
import { type FunctionRow, lazy, plain } from './definition.ts';

export const wholeArgument = (items: Items | undefined, where: string): number | undefined => {
  const item = items && single(items, where);
  if (item === undefined) return undefined;
  const value = integerOf(item);
  if (value === undefined) throw wrongType(where, 'an integer argument');
  return value;
};

/** Both without duplicates, in order of appearance. */
export const united = (a: Items, b: Items): Items => {
  const seen = new Distinct();
  const out: Item[] = [];
  for (const item of a) if (seen.add(item)) out.push(item);
  for (const item of b) if (seen.add(item)) out.push(item);
  return out;
};

export const subsetting: readonly FunctionRow[] = [
  plain('single', 0, 0, (input) => {
    if (input.length > 1) throw tooMany('single()');
    return input;
  }),
  plain('first', 0, 0, (input) => input.slice(0, 1)),
  plain('last', 0, 0, (input) => input.slice(-1)),
  plain('tail', 0, 0, (input) => input.slice(1)),
  plain('skip', 1, 1, (input, [number]) => input.slice(Math.max(wholeArgument(number, 'skip()') ?? 0, 0))),
  plain('take', 1, 1, (input, [number]) => input.slice(0, Math.max(wholeArgument(number, 'take()') ?? 0, 0))),
  plain('intersect', 1, 1, (input, [other = none]) => {
    const wanted = Distinct.of(other);
    const seen = new Distinct();
    return input.filter((item) => wanted.has(item) && seen.add(item));
  }),
  plain('exclude', 1, 1, (input, [other = none]) => {
    const unwanted = Distinct.of(other);
    return input.filter((item) => !unwanted.has(item));
  }),
  plain('union', 1, 1, (input, [other = none]) => united(input, other)),
  plain('combine', 1, 2, (input, [other = none]) => [...input, ...other]),
  lazy('coalesce', 1, 50, (_input, args, scope) => {
    for (const argument of args) {
      const items = argument(scope);
      if (items.length > 0) return items;
    }
    return none;
  }),
];
