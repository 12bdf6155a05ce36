import { buildModel, type DefinitionLike } from '../fhirpath/build-model.ts';
import { compile, compileBoolean } from '../fhirpath/compile.ts';
import type { Environment, Json, JsonObject as Node } from '../fhirpath/environment.ts';
import { FhirPathError } from '../fhirpath/fhirpath-error.ts';
import { Node as ItemNode } from '../fhirpath/item.ts';
import type { Model } from '../fhirpath/model.ts';
import type { Catalog } from './catalog.ts';
import type { Checker } from './checker.ts';
import type { CompileInvariant } from './invariant.ts';
import { resolveReference } from './reference.ts';
import { isObject, word, type JsonObject } from './run.ts';
import { withTypedChoices } from './typed-choices.ts';

/** true, false, or undefined where the expression cannot be evaluated on this value. */
export type InvariantTest = (value: unknown, checker: Checker, sibling?: JsonObject) => boolean | undefined;

type State = { unknown: boolean };

/** One environment serves all invariants of a resource: its holder keeps it. */
type Kept = { readonly environment: Environment; readonly state: State };
const environmentFor = (checker: Checker): Kept => {
  const { holder } = checker;
  if (holder.memo === undefined) {
    const state: State = { unknown: false };
    holder.memo = { environment: environmentOf(checker, state), state } satisfies Kept;
  }
  return holder.memo as Kept;
};

/** What expressions may ask of a validation; `unknown` is set when an answer was "cannot tell". */
const environmentOf = (checker: Checker, state: State): Environment => ({
  resource: checker.holder.resource as Node,
  rootResource: checker.rootResource() as Node,
  resolve: (reference) => {
    const target = resolveReference(checker, reference);
    if (!target) state.unknown = true;
    return target?.resource as Node | undefined;
  },
  memberOf: ({ value }, valueSet) => {
    const codings = typeof value === 'string' ? [{ code: value }] : isObject(value) ? (Array.isArray(value['coding']) ? value['coding'] : [value]) : [];
    let known = true;
    for (const c of codings as unknown[]) {
      if (!isObject(c) || typeof c['code'] !== 'string') continue;
      const found = checker.program.terminology.has(valueSet, typeof c['system'] === 'string' ? c['system'] : undefined, c['code']);
      if (found === true) return true;
      if (found === undefined) known = false;
    }
    if (!known) state.unknown = true;
    return known ? false : undefined;
  },
  conformsTo: (node, _type, profile) => {
    if (checker.program.profile(profile)) return checker.conformsTo(node, profile);
    state.unknown = true;
    return undefined;
  },
});

const models = new WeakMap<Catalog, Model>();
/** As the specification has it, for what is asked of those who write expressions. */
const strictModels = new WeakMap<Catalog, Model>();
const modelOf = (catalog: Catalog): Model => {
  const known = models.get(catalog);
  if (known) return known;
  const { rows } = catalog.definitions;
  const strict = buildModel((function* () {
    for (const row of rows) {
      if (row.kind !== 'StructureDefinition' || row.derivation === 'constraint' || row.of === 'logical') continue;
      const definition = catalog.definitions.get('StructureDefinition', row.url);
      if (definition) yield definition as DefinitionLike;
    }
  })());
  const model = withTypedChoices(strict);
  models.set(catalog, model);
  strictModels.set(catalog, strict);
  return model;
};

/** undefined where the expression is no FHIRPath, or asks for what cannot be had. */
const attempt = <T>(make: () => T): T | undefined => {
  try { return make(); } catch (error) {
    if (error instanceof FhirPathError) return undefined;
    throw error;
  }
};

/** What an extension's definition says of its place in FHIRPath; undefined where that cannot be evaluated. */
export type Contexts = {
  /** Does the expression lead from the resource to this element (of a primitive: its `_` sibling)? */
  selects(expression: string, checker: Checker, element: object): boolean | undefined;
  /** Does a condition hold at the element, `%extension` being the extension? `type`: `Questionnaire.item`. */
  holds(expression: string, type: string, checker: Checker, element: object, extension: object): boolean | undefined;
  /** Is it FHIRPath, and of names that the type has? */
  writes(expression: string, type: string | undefined): boolean;
};

export const contextsOf = (catalog: Catalog): Contexts => {
  const selections = new Map<string, ReturnType<typeof compile> | undefined>();
  const kept = <T>(known: Map<string, T>, key: string, make: () => T): T => { if (!known.has(key)) known.set(key, make()); return known.get(key)!; };
  return {
    writes(expression, type) {
      const model = modelOf(catalog) && strictModels.get(catalog)!;
      return attempt(() => compile(expression, { model, strict: true, ...(type !== undefined && model.type(type) ? { contextType: type } : {}) })) !== undefined;
    },
    selects(expression, checker, element) {
      const { resource } = checker.holder;
      const type = word(resource['resourceType']);
      const run = kept(selections, `${type}\n${expression}`, () => attempt(() => compile(expression, { model: modelOf(catalog), contextType: type })));
      const items = run && attempt(() => run(resource as Json, environmentFor(checker).environment));
      return items?.some((item) => item instanceof ItemNode && (item.value === element || item.extra === element));
    },
    holds(expression, type, checker, element, extension) {
      const run = kept(selections, `${type}\n${expression}`, () => attempt(() => compile(expression, { model: modelOf(catalog), contextType: type })));
      const environment: Environment = { ...environmentFor(checker).environment, variables: new Map([['extension', extension as Json]]) };
      const items = run && attempt(() => run(element as Json, environment));
      if (items?.length !== 1) return undefined;
      const [item] = items;
      const value = item instanceof ItemNode ? item.value : item;
      return typeof value === 'boolean' ? value : undefined;
    },
  };
};

/**
 * The only file here that knows the FHIRPath compiler. An empty result does not fulfil an invariant, as in HL7's
 * engine; it is unknown where something the expression asked for could not be had.
 */
export const compileWith = (catalog: Catalog): CompileInvariant => {
  return (expression, type) => {
    const run = attempt(() => compileBoolean(expression, { model: modelOf(catalog), contextType: type }));
    if (!run) return null;
    return (value, checker, sibling) => {
      const { environment, state } = environmentFor(checker);
      state.unknown = false;
      try {
        const result = run(value as Json, environment, sibling as Node | undefined);
        return result ?? (state.unknown ? undefined : false);
      } catch (error) {
        // Several items where one belongs say nothing of the rule; values that cannot be compared do not fulfil it.
        if (error instanceof FhirPathError) return state.unknown || error.message.includes('at most') ? undefined : false;
        throw error;
      }
    };
  };
};
