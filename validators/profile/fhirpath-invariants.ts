import { buildModel, type DefinitionLike } from '../fhirpath/build-model.ts';
import { compileBoolean } from '../fhirpath/compile.ts';
import type { Environment, Json, JsonObject as Node } from '../fhirpath/environment.ts';
import { FhirPathError } from '../fhirpath/fhirpath-error.ts';
import type { Model } from '../fhirpath/model.ts';
import type { Catalog } from './catalog.ts';
import type { Checker } from './checker.ts';
import type { CompileInvariant } from './invariant.ts';
import { resolveReference } from './reference.ts';
import { isObject } from './run.ts';

/** true, false, or undefined where the expression cannot be evaluated on this value. */
export type InvariantTest = (value: unknown, checker: Checker) => boolean | undefined;

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

const modelOf = (catalog: Catalog): Model => {
  const { rows } = catalog.definitions;
  return buildModel((function* () {
    for (const row of rows) {
      if (row.kind !== 'StructureDefinition' || row.derivation === 'constraint' || row.of === 'logical') continue;
      const definition = catalog.definitions.get('StructureDefinition', row.url);
      if (definition) yield definition as DefinitionLike;
    }
  })());
};

/**
 * The only file here that knows the FHIRPath compiler. An empty result does not fulfil an invariant, as in HL7's
 * engine; it is unknown where something the expression asked for could not be had.
 */
export const compileWith = (catalog: Catalog): CompileInvariant => {
  let model: Model | undefined;
  return (expression, type) => {
    model ??= modelOf(catalog);
    let run: ReturnType<typeof compileBoolean>;
    try { run = compileBoolean(expression, { model, contextType: type }); } catch (error) {
      if (error instanceof FhirPathError) return null;
      throw error;
    }
    return (value, checker) => {
      const { environment, state } = environmentFor(checker);
      state.unknown = false;
      try {
        const result = run(value as Json, environment);
        return result ?? (state.unknown ? undefined : false);
      } catch (error) {
        // Several items where one belongs say nothing of the rule; values that cannot be compared do not fulfil it.
        if (error instanceof FhirPathError) return state.unknown || error.message.includes('at most') ? undefined : false;
        throw error;
      }
    };
  };
};
