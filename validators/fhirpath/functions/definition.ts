import { single, stringOf } from '../convert.ts';
import { FhirPathError, wrongType } from '../fhirpath-error.ts';
import { type Evaluate, type Items, Node, type Scope, none } from '../item.ts';
import type { Model } from '../model.ts';
import type { Ast } from '../syntax.ts';

/** What a function's builder may use while an expression is compiled. */
export type Compiling = {
  readonly model: Model;
  readonly compile: (ast: Ast) => Evaluate;
  readonly asOnOneItem: boolean;
};

export type FunctionRow = {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly build: (target: Evaluate, args: readonly Ast[], compiling: Compiling) => Evaluate;
};

type Plain = (input: Items, args: readonly Items[], scope: Scope, compiling: Compiling) => Items;
type Lazy = (input: Items, args: readonly Evaluate[], scope: Scope, compiling: Compiling) => Items;

/** Arguments are evaluated once, where the call stands: `$this` in them is the caller's. */
export const plain = (name: string, least: number, most: number, run: Plain): FunctionRow => ({
  name, least, most,
  build: (target, asts, compiling) => {
    const args = asts.map((ast) => compiling.compile(ast));
    return (scope) => run(target(scope), args.map((argument) => argument(scope)), scope, compiling);
  },
});

/** Arguments are evaluated by the function, per item. */
export const lazy = (name: string, least: number, most: number, run: Lazy): FunctionRow => ({
  name, least, most,
  build: (target, asts, compiling) => {
    const args = asts.map((ast) => compiling.compile(ast));
    return (scope) => run(target(scope), args, scope, compiling);
  },
});

/** Of one string; empty in, empty out. */
export const ofString = (name: string, least: number, most: number, run: (text: string, args: readonly Items[], scope: Scope) => Items): FunctionRow =>
  plain(name, least, most, (input, args, scope) => {
    const item = single(input, `${name}()`);
    if (item === undefined || (item instanceof Node && item.value === undefined)) return none;
    const text = stringOf(item);
    if (text === undefined) throw wrongType(`${name}()`, 'a string');
    return run(text, args, scope);
  });

/** A string argument; undefined when it is empty. */
export const textArgument = (items: Items | undefined, where: string): string | undefined => {
  const item = items && single(items, where);
  if (item === undefined) return undefined;
  const text = stringOf(item);
  if (text === undefined) throw wrongType(where, 'a string argument');
  return text;
};

export const unknownFunction = (name: string, at: number): FhirPathError => new FhirPathError('semantic', `there is no function ${name}()`, at);
