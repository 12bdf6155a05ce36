import type { TerminologyFacts } from '../terminology/facts.ts';
import { createTerminology, type Terminology } from '../terminology/terminology.ts';
import { baseSource, constants } from './base-source.ts';
import { core, createCatalog, find, type Catalog } from './catalog.ts';
import type { Checker } from './checker.ts';
import type { Definitions } from './definitions.ts';
import type { ElementDefinition, Structure } from './element-tree.ts';
import { inOrder } from './invariant-guards.ts';
import type { Contexts } from './fhirpath-invariants.ts';
import { createInvariants, type CompileInvariant, type Invariants } from './invariant.ts';
import { ProfileSource } from './profile-source.ts';
import { quick } from './primitives.ts';
import { deepPath, isObject } from './run.ts';
import { numberSize } from './written-size.ts';

/** Checks a value; of a type, gives its written size too (written-size.ts). */
type Check = (value: unknown, checker: Checker) => number;
/** `check` is absent where the profile adds nothing to its type. */
export type Profile = { readonly structure: Structure; readonly check: Check | undefined };

/** `check` runs the type's function. `globals`: profiles that loaded implementation guides ask of every resource of the type. */
const isCanonical = ({ root }: Structure): boolean => {
  const child = (name: string): ElementDefinition | undefined => root.children.find((c) => c.name === name)?.definition;
  return child('url')?.type?.[0]?.code === 'uri' && child('status')?.binding?.valueSet?.split('|')[0] === 'http://hl7.org/fhir/ValueSet/publication-status';
};

export type ResourceType = { readonly name: string; readonly check: Check; readonly globals: readonly string[]; /** Known by a url of its own: http://hl7.org/fhir/R4/references.html#canonical */ readonly canonical: boolean };

/** Generated JavaScript by type and profile, each made when it is first needed. */
export type Program = {
  readonly catalog: Catalog;
  readonly terminology: Terminology;
  readonly invariants: Invariants;
  readonly contexts: Contexts;
  /** A resource type that instances can have. */
  resource(name: string): ResourceType | undefined;
  /** Checks an extension as its type has it; gives its written size (written-size.ts). */
  extension(value: unknown, checker: Checker): number;
  profile(canonical: string): Profile | undefined;
  /** Source of what was generated so far, for inspection. */
  sources(): ReadonlyMap<string, string>;
};

const names = Object.keys(quick);

/** Turns source into a function. Sources are made from definitions only, every name in them quoted by JSON.stringify. */
const evaluate = (source: string, slots: readonly (Check | undefined)[], link: (slot: number) => Check, values: readonly unknown[]): Check =>
  new Function('F', 'L', 'K', 'isObj', 'inOrder', 'size', 'deep', ...names.map((n) => `Q${n}`), source)(
    slots, link, values, isObject, inOrder, numberSize, deepPath, ...names.map((n) => quick[n])) as Check;

/** What profilers and stack traces call it. */
const named = (source: string, kind: string, name: string): string => `${source}\n//# sourceURL=${kind}:${name.replace(/[^\w:/.|-]/g, '_')}`;

export const createProgram = (definitions: Definitions, expressions: { compileWith(catalog: Catalog): CompileInvariant; contextsOf(catalog: Catalog): Contexts }, facts?: TerminologyFacts): Program => {
  const catalog = createCatalog(definitions);
  const terminology = createTerminology(definitions, facts);
  const slots: (Check | undefined)[] = [];
  const keys: string[] = [];
  const numbers = new Map<string, number>();
  const sources = new Map<string, string>();
  const profiles = new Map<string, Profile>();

  const make = (key: string): Check => {
    const structure = catalog.type(key.split('.')[0]!);
    const node = structure && (key.includes('.') ? find(structure.root, key) : structure.root);
    if (!structure || !node) return () => Number.NaN; // a type nobody defines: its content is left open
    const k = constants();
    const source = `return ${baseSource({ catalog, slot }, node, structure.type, structure.url, k)}`;
    sources.set(key, source);
    for (const value of k.values) {
      const codes = (value as { codes?: string } | undefined)?.codes;
      if (codes !== undefined) {
        const list = terminology.valueSet(codes)?.list();
        (value as { set?: ReadonlySet<string> | undefined }).set = list && new Set(list.map((c) => c.code));
      }
    }
    return evaluate(named(source, 'type', key), slots, link, k.values);
  };
  const link = (slot: number): Check => slots[slot] ??= make(keys[slot]!);
  const slot = (key: string): number => {
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, number = keys.push(key) - 1);
    return number;
  };
  const none: readonly string[] = [];
  const globals = new Map<string, string[]>();
  for (const row of definitions.rows) {
    if (row.kind !== 'ImplementationGuide') continue;
    for (const { type, profile } of (definitions.get(row.kind, row.url)?.['global'] as readonly { type: string; profile: string }[] | undefined) ?? []) {
      globals.set(type, [...(globals.get(type) ?? []), profile]);
    }
  }
  const invariants = createInvariants(expressions.compileWith(catalog));
  const extension = slot('Extension');
  const resources = new Map<string, ResourceType>();
  let last: ResourceType | undefined;
  return {
    catalog, terminology, invariants, contexts: expressions.contextsOf(catalog),
    resource(name) {
      if (last?.name === name) return last;
      const known = resources.get(name);
      if (known) return last = known;
      const type = catalog.isResource(name) ? catalog.type(name) : undefined;
      const made = type?.abstract === false ? { name, check: link(slot(name)), globals: globals.get(name) ?? none, canonical: isCanonical(type) } : undefined;
      if (made) resources.set(name, made); // other names have no end
      return made;
    },
    extension: (value, checker) => (slots[extension] ?? link(extension))(value, checker),
    profile(canonical) {
      const known = profiles.get(canonical);
      if (known) return known;
      const structure = catalog.structure(canonical);
      if (!structure) return undefined;
      let profile: Profile = { structure, check: undefined };
      if (structure.url !== core + structure.type && structure.kind !== 'logical') {
        profiles.set(canonical, profile); // while it is being made, a circle finds it empty
        const k = constants();
        const source = new ProfileSource(catalog, structure, k).source();
        if (source !== undefined) {
          sources.set(canonical, source);
          profile = { structure, check: evaluate(named(source, 'profile', canonical), slots, link, k.values) };
        }
      }
      profiles.set(canonical, profile);
      return profile;
    },
    sources: () => sources,
  };
};
