// http://hl7.org/fhirpath/N1/#existence
import { booleanOf, single } from '../convert.ts';
import { Distinct } from '../distinct.ts';
import { wrongType } from '../fhirpath-error.ts';
import { type Evaluate, type Item, type Items, Node, type Scope, none, truth } from '../item.ts';
import { type FunctionRow, lazy, plain } from './definition.ts';

/** The items for which the criterion is true. */
export const filtered = (input: Items, criterion: Evaluate, scope: Scope, where: string): Items => {
  const inner = scope.inner();
  return input.filter((item, index) => {
    inner.focus = [item];
    inner.index = index;
    inner.variables = scope.variables;
    return booleanOf(criterion(inner), where) === true;
  });
};

const booleans = (input: Items, where: string): readonly boolean[] =>
  input.map((item: Item) => {
    const value = item instanceof Node ? item.value : item;
    if (typeof value !== 'boolean') throw wrongType(where, 'booleans');
    return value;
  });

const subset = (few: Items, many: Items): boolean => {
  const all = Distinct.of(many);
  return few.every((item) => all.has(item));
};

export const existence: readonly FunctionRow[] = [
  plain('empty', 0, 0, (input) => truth(input.length === 0)),
  lazy('exists', 0, 1, (input, [criterion], scope) => truth((criterion ? filtered(input, criterion, scope, 'exists()') : input).length > 0)),
  lazy('all', 1, 1, (input, [criterion], scope) => truth(criterion !== undefined && filtered(input, criterion, scope, 'all()').length === input.length)),
  plain('allTrue', 0, 0, (input) => truth(booleans(input, 'allTrue()').every((value) => value))),
  plain('anyTrue', 0, 0, (input) => truth(booleans(input, 'anyTrue()').some((value) => value))),
  plain('allFalse', 0, 0, (input) => truth(booleans(input, 'allFalse()').every((value) => !value))),
  plain('anyFalse', 0, 0, (input) => truth(booleans(input, 'anyFalse()').some((value) => !value))),
  plain('subsetOf', 1, 1, (input, [other = none]) => truth(subset(input, other))),
  plain('supersetOf', 1, 1, (input, [other = none]) => truth(subset(other, input))),
  plain('count', 0, 0, (input) => [input.length]),
  plain('distinct', 0, 0, (input) => {
    const seen = new Distinct();
    return input.filter((item) => seen.add(item));
  }),
  plain('isDistinct', 0, 0, (input) => {
    const seen = new Distinct();
    return truth(input.every((item) => seen.add(item)));
  }),
  plain('not', 0, 0, (input) => {
    const value = single(input, 'not()') === undefined ? undefined : booleanOf(input, 'not()');
    return truth(value === undefined ? undefined : !value);
  }),
];
