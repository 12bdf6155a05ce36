// http://hl7.org/fhirpath/N1/#tree-navigation
import { FhirPathError } from '../fhirpath-error.ts';
import type { Item, Items, Scope } from '../item.ts';
import type { Model } from '../model.ts';
import { pushChildren } from '../navigate.ts';
import { type FunctionRow, plain } from './definition.ts';

/** Parents before their children, without recursion: depth costs no stack. */
export const descendantsOf = (input: Items, model: Model, scope: Scope): Item[] => {
  const out: Item[] = [];
  const stack: Item[] = [];
  const pushReversed = (item: Item): void => {
    const children: Item[] = [];
    pushChildren(children, item, model, scope.env);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as Item);
  };
  for (const item of input) {
    pushReversed(item);
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      out.push(next);
      pushReversed(next);
    }
    if (out.length > 20_000_000) throw new FhirPathError('execution', 'descendants() gives too many elements');
  }
  return out;
};

export const tree: readonly FunctionRow[] = [
  plain('children', 0, 0, (input, _args, { env }, { model }) => {
    const out: Item[] = [];
    for (const item of input) pushChildren(out, item, model, env);
    return out;
  }),
  plain('descendants', 0, 0, (input, _args, scope, { model }) => descendantsOf(input, model, scope)),
];
