import { booleanOf } from '../convert.ts';
import type { Environment, Json, JsonObject } from '../environment.ts';
import { type Evaluate, Node, Scope } from '../item.ts';
import type { Model } from '../model.ts';
import { typeAt } from '../navigate.ts';
import type { Ast } from '../syntax.ts';
import { booleanCode } from './boolean.ts';
import { type Emitter, type Place, Unsupported, bail, isOpen, isResource, quote } from './emitter.ts';
import { runTime } from './run-time.ts';

type Run = (node: Json | undefined, env: Environment, extra?: JsonObject) => boolean | undefined;

/** Parts that look beyond the focus: their closures need the whole expression's scope. */
const needsScope = (ast: Ast): boolean => {
  switch (ast.kind) {
    case 'special': return ast.name !== '$this';
    case 'call': return ast.name === 'defineVariable' || (ast.target !== undefined && needsScope(ast.target)) || ast.args.some(needsScope);
    case 'member': return ast.target !== undefined && needsScope(ast.target);
    case 'index': return needsScope(ast.target) || needsScope(ast.index);
    case 'polarity': case 'type': return needsScope(ast.operand);
    case 'binary': return needsScope(ast.left) || needsScope(ast.right);
    default: return false;
  }
};

const runTimes = new WeakMap<Model, ReturnType<typeof runTime>>();
const runTimeOf = (model: Model): ReturnType<typeof runTime> => {
  let known = runTimes.get(model);
  if (!known) runTimes.set(model, (known = runTime(model)));
  return known;
};

/**
 * JavaScript for an invariant on nodes of `type`, or undefined where nothing is gained. `whole` answers
 * when the data are not of the model's shape.
 */
export const generateBoolean = (ast: Ast, type: string, model: Model, interpret: (ast: Ast) => Evaluate, whole: Run): { run: Run; source: string } | undefined => {
  const info = model.type(type);
  if (!info || needsScope(ast)) return undefined;
  const constants: unknown[] = [];
  const hoisted: string[] = [];
  let names = 0;
  let alone = false;
  const constant = (value: unknown): string => `C[${constants.push(value) - 1}]`;
  const emitter: Emitter = {
    model,
    constant,
    name: (hint) => `${hint}${names++}`,
    hoisted: () => {
      hoisted.push(`h${names++}`);
      return hoisted.at(-1) as string;
    },
    slow: (part: Ast, focus: Place) => {
      if (part === ast) alone = true;
      const evaluate = interpret(part);
      const declared = focus.type;
      const call = constant((value: Json | undefined, beside: JsonObject | undefined, env: Environment, node: Json | undefined, extra: JsonObject | undefined) => {
        const item = new Node(value, typeAt(value, declared), beside);
        const context = value === node && declared === type ? item : new Node(node, typeAt(node, type), extra);
        return booleanOf(evaluate(new Scope(env, context, [item])), 'a boolean');
      });
      return `${call}(${focus.value}, ${focus.extra}, env, node, extra)`;
    },
  };
  const focus: Place = { value: 'node', extra: info.kind === 'primitive' ? 'extra' : 'undefined', type };
  let code: ReturnType<typeof booleanCode>;
  try {
    code = booleanCode(ast, focus, emitter);
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
  if (alone) return undefined;
  const shape = info.kind === 'primitive' ? `if (typeof node === 'object') ${bail}` : `if (R.odd(node)) ${bail}`;
  const itself = isResource(model, type) && !isOpen(type) ? ` if (node.resourceType !== ${quote(type)}) ${bail}` : '';
  const source = `"use strict";\nreturn function (node, env, extra) {\n${hoisted.map((name) => `let ${name};`).join(' ')}\n${shape}${itself}\n${code.before}\nreturn ${code.is};\n}`;
  const build = new Function('S', 'R', 'C', `${source}\n//# sourceURL=invariant:${type}`) as (slow: Run, tools: unknown, known: unknown[]) => Run;
  return { run: build(whole, runTimeOf(model), constants), source };
};
