import { keepLayout } from '../keep-layout.ts';
import type { Decimal } from './decimal.ts';
import type { Environment, Json, JsonObject } from './environment.ts';
import type { Moment } from './moment.ts';
import type { Quantity } from './quantity.ts';

/**
 * A FHIR element met on the way. `value` is the JSON (undefined for a primitive that only has
 * extensions), `extra` its `_x` sibling, `type` its FHIR type (undefined: no model knows it).
 */
export class Node {
  readonly value: Json | undefined;
  readonly extra: JsonObject | undefined;
  readonly type: string | undefined;
  /** A decimal as it was written, where the reader kept it. */
  readonly lexeme: string | undefined;
  constructor(value: Json | undefined, type: string | undefined, extra?: JsonObject, lexeme?: string) {
    this.value = value;
    this.type = type;
    this.extra = extra;
    this.lexeme = lexeme;
  }
}
keepLayout(new Node(undefined, undefined));

/** What type() gives: http://hl7.org/fhirpath/N1/#reflection */
export class TypeSpecifier {
  readonly namespace: string;
  readonly name: string;
  constructor(namespace: string, name: string) {
    this.namespace = namespace;
    this.name = name;
  }
}

/** System values are JavaScript's: number is Integer, bigint Long. */
export type System = string | number | bigint | boolean | Decimal | Moment | Quantity;
export type Item = Node | System | TypeSpecifier;
export type Items = readonly Item[];

export const none: Items = Object.freeze([]);
export const yes: Items = Object.freeze([true]);
export const no: Items = Object.freeze([false]);
/** Three-valued: undefined is the empty collection. */
export const truth = (value: boolean | undefined): Items => (value === undefined ? none : value ? yes : no);

export type Variables = { readonly name: string; readonly value: Items; readonly next: Variables | undefined };

/** Where an expression is evaluated. One per lambda and call; `focus`, `index` and `total` move with its items. */
export class Scope {
  readonly env: Environment;
  readonly context: Item;
  /** $this, and what a leading name is looked up in. */
  focus: Items;
  index: number | undefined = undefined;
  total: Items = none;
  variables: Variables | undefined = undefined;
  constructor(env: Environment, context: Item, focus: Items) {
    this.env = env;
    this.context = context;
    this.focus = focus;
  }
  inner(): Scope {
    const scope = new Scope(this.env, this.context, none);
    scope.index = this.index;
    scope.total = this.total;
    scope.variables = this.variables;
    return scope;
  }
}
keepLayout(new Scope({ resource: {} }, new Node(undefined, undefined), none));

export type Evaluate = (scope: Scope) => Items;
