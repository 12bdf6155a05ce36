import type { Model } from '../model.ts';
import type { Ast } from '../syntax.ts';

/**
 * Generated JavaScript for the common shapes of invariants, with FHIR's types known while generating:
 * loops over the plain JSON, no intermediate collections. A part it does not know becomes a call of the
 * closures (interpret.ts); data of an unexpected shape (an array where the model has one element, two
 * items where one is due) makes the whole function start over there, by `bail`. So both give one answer.
 */
export type Place = {
  /** JavaScript expression (a variable) of the JSON value; undefined at run time for a primitive with extensions only. */
  readonly value: string;
  /** Expression of the `_x` sibling, `undefined` where there is none. */
  readonly extra: string;
  /** FHIR type; undefined: one of a choice, only its existence may be asked. */
  readonly type: string | undefined;
};

export type Emitter = {
  readonly model: Model;
  /** A new variable's name. */
  readonly name: (hint: string) => string;
  /** A run-time object the code may use; the answer is its expression. */
  readonly constant: (value: unknown) => string;
  /** A variable of the whole function, undefined at its start: for what no loop changes. */
  readonly hoisted: () => string;
  /** A closure over the focus as a boolean: the expression of the call. */
  readonly slow: (ast: Ast, focus: Place) => string;
};

/** Not one of the known shapes: the nearest boolean around it is left to the closures. */
export class Unsupported extends Error {}

export const bail = 'return S(node, env, extra);';
export const quote = (text: string): string => JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
/** A property that the prototype cannot supply: names come from the model, and FHIR has none of Object.prototype's. */
export const property = (object: string, key: string): string => {
  if (key in Object.prototype) throw new Unsupported(key);
  return `${object}[${quote(key)}]`;
};

export const isResource = (model: Model, type: string | undefined): boolean => type !== undefined && model.type(type)?.kind === 'resource';
/** A resource whose own type only the data tell. */
export const isOpen = (type: string | undefined): boolean => type === 'Resource' || type === 'DomainResource';
