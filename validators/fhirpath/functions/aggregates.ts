// aggregate(): http://hl7.org/fhirpath/N1/#aggregates; sum, min, max and avg are its common uses by name
import { decimalOf, systemOf } from '../convert.ts';
import { Decimal } from '../decimal.ts';
import type { Item, Items, System } from '../item.ts';
import { none } from '../item.ts';
import { add, compareSystem, multiply } from '../operators.ts';
import { type FunctionRow, lazy, plain } from './definition.ts';

const extreme = (name: string, sign: 1 | -1): FunctionRow =>
  plain(name, 0, 0, (input) => {
    let best: System | undefined;
    for (const item of input) {
      const value = systemOf(item);
      if (value !== undefined && (best === undefined || (compareSystem(value, best, `${name}()`) ?? 0) * sign > 0)) best = value;
    }
    return best === undefined ? none : [best];
  });

const sum = (input: Items): Items => input.slice(1).reduce<Items>((total, item) => add(total, [item], 1), input.slice(0, 1).map((item) => decimalOf(systemOf(item)) && typeof item !== 'number' ? (systemOf(item) ?? item) : item));

export const aggregates: readonly FunctionRow[] = [
  lazy('aggregate', 1, 2, (input, [step, start], scope) => {
    const inner = scope.inner();
    inner.total = start?.(scope) ?? none;
    for (let index = 0; index < input.length; index++) {
      inner.focus = [input[index] as Item];
      inner.index = index;
      inner.total = step?.(inner) ?? none;
    }
    return inner.total;
  }),
  plain('sum', 0, 0, sum),
  plain('avg', 0, 0, (input) => (input.length === 0 ? none : multiply(sum(input), [Decimal.of(input.length)], '/'))),
  extreme('min', -1),
  extreme('max', 1),
];
