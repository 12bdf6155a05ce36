import { check } from './check.ts';
import type { Environment, Json, JsonObject } from './environment.ts';
import type { Compiling } from './functions/definition.ts';
import { generateBoolean } from './generate/generate.ts';
import { interpret } from './interpret.ts';
import { type Evaluate, type Items, Node, Scope } from './item.ts';
import type { Model } from './model.ts';
import { typeAt } from './navigate.ts';
import { parse } from './parse.ts';
import type { Ast } from './syntax.ts';

export type CompileOptions = {
  readonly model: Model;
  /** FHIR type of the nodes it will be evaluated on: `Patient`, `HumanName`, `Patient.contact`, `code`. A resource may go without. */
  readonly contextType?: string;
  /** N1's error when `as` meets several items; R4's own invariants (dom-3) need it off, the default. */
  readonly asOnOneItem?: boolean;
  /** Check names and order against the model first: see check.ts. Off for invariants, on for expressions people write. */
  readonly strict?: boolean;
};

/** The result: FHIR elements as Node, system values as such. `extra` is the `_x` sibling of a primitive. */
export type Compiled = (node: Json | undefined, env: Environment, extra?: JsonObject) => Items;

/** true, false, or undefined for the empty collection; any other single item, or several, count as true. */
export type CompiledBoolean = (node: Json | undefined, env: Environment, extra?: JsonObject) => boolean | undefined;

const compiler = ({ model, asOnOneItem = false }: CompileOptions): ((ast: Ast) => Evaluate) => {
  const compiling: Compiling = { model, asOnOneItem, compile: (inner) => interpret(inner, compiling) };
  return compiling.compile;
};

const parsed = (expression: string, { strict, contextType, model }: CompileOptions): Ast => {
  const ast = parse(expression);
  if (strict && contextType !== undefined) check(ast, contextType, model);
  return ast;
};

const collection = (ast: Ast, options: CompileOptions): Compiled => {
  const evaluate = compiler(options)(ast);
  return (node, env, extra) => {
    const item = new Node(node, typeAt(node, options.contextType), extra);
    return evaluate(new Scope(env, item, [item]));
  };
};

/** Compile once, run often. Throws FhirPathError here for what is no FHIRPath, and when run for what the data make impossible. */
export const compile = (expression: string, options: CompileOptions): Compiled => collection(parsed(expression, options), options);

/** The closures alone: what the generated code must agree with. */
export const interpretBoolean = (ast: Ast, options: CompileOptions): CompiledBoolean => {
  const run = collection(ast, options);
  return (node, env, extra) => {
    const items = run(node, env, extra);
    if (items.length === 0) return undefined;
    const [item] = items;
    const value = item instanceof Node ? item.value : item;
    return items.length > 1 || typeof value !== 'boolean' ? true : value;
  };
};

/** An invariant. HL7's engine takes empty for "not fulfilled"; here the caller decides. */
export const compileBoolean = (expression: string, options: CompileOptions): CompiledBoolean => {
  const ast = parsed(expression, options);
  const whole = interpretBoolean(ast, options);
  if (options.contextType === undefined) return whole;
  return generateBoolean(ast, options.contextType, options.model, compiler(options), whole)?.run ?? whole;
};
