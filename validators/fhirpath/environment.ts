/** A value as JSON.parse gives it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** A code to be looked up by `memberOf`: one node of type code, Coding, CodeableConcept, Quantity, string or uri. */
export type Coded = { readonly type: string | undefined; readonly value: Json };

/**
 * Everything an evaluation may know besides the node: the engine does no I/O and reads no clock.
 * One object serves all invariants of a resource. A callback that answers undefined says "unknown":
 * the function is then empty, and the caller decides what that means.
 */
export type Environment = {
  /** %resource: the resource that holds the node (the contained one inside `contained`). */
  readonly resource: JsonObject;
  /** %rootResource: the outermost resource; default `resource`. */
  readonly rootResource?: JsonObject;
  /** %context; default the node the expression is evaluated on. */
  readonly context?: Json;
  /** now() and today(): an ISO 8601 instant such as 2026-11-23T10:00:00.000+01:00. */
  readonly now?: string;
  /** What a Reference (or uri, canonical) leads to outside `contained`, which the engine resolves itself. */
  readonly resolve?: (reference: string) => JsonObject | undefined;
  readonly memberOf?: (coded: Coded, valueSet: string) => boolean | undefined;
  /** Throws or answers undefined when nobody has the profile. */
  readonly conformsTo?: (node: Json, type: string | undefined, profile: string) => boolean | undefined;
  readonly trace?: (name: string, items: readonly unknown[]) => void;
  /** Further %variables, as JSON. */
  readonly variables?: ReadonlyMap<string, Json>;
  /** The lexeme of the decimal at parent[key] (or parent[key][index]), where the reader kept it: 1.50 stays 1.50. */
  readonly decimalLexeme?: (parent: object, key: string, index?: number) => string | undefined;
};
