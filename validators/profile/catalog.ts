import { remembering } from '../remembering.ts';
import type { Definitions } from './definitions.ts';
import { treeOf, type ElementDefinition, type ElementNode, type Structure } from './element-tree.ts';
import { generateSnapshot } from './snapshot.ts';

export const core = 'http://hl7.org/fhir/StructureDefinition/';

/** Structures by canonical, as trees, made when first asked for. */
export type Catalog = {
  readonly definitions: Definitions;
  structure(canonical: string): Structure | undefined;
  /** The definition of a type: `Observation`, `HumanName`, `code`. */
  type(name: string): Structure | undefined;
  isResource(name: string): boolean;
  isPrimitive(name: string): boolean;
  /** Is `type` the same as or derived from `ancestor`, both type names? */
  isA(type: string, ancestor: string): boolean;
  /** The base definition's child element at a place inside a type: what a profile's element constrains. */
  child(parent: ElementNode, name: string): ElementNode | undefined;
};

const viewOf = (definition: { readonly [key: string]: unknown }, view: string): readonly ElementDefinition[] | undefined =>
  (definition[view] as { element?: readonly ElementDefinition[] } | undefined)?.element;

export const createCatalog = (definitions: Definitions): Catalog => {
  const kinds = new Map<string, string>();
  for (const row of definitions.rows) {
    if (row.kind === 'StructureDefinition' && row.url.startsWith(core) && row.of && (row.derivation === 'specialization' || !row.derivation)) kinds.set(row.url.slice(core.length), row.of);
  }
  const building = new Set<string>();
  const elementsOf = (canonicalOrType: string): readonly ElementDefinition[] | undefined => {
    const url = canonicalOrType.includes(':') ? canonicalOrType : core + canonicalOrType;
    const definition = definitions.get('StructureDefinition', url) ?? definitions.get('StructureDefinition', url.split('|')[0]!);
    if (!definition) return undefined;
    const snapshot = viewOf(definition, 'snapshot');
    if (snapshot && snapshot.length > 0) return snapshot;
    const base = definition['baseDefinition'];
    const differential = viewOf(definition, 'differential') ?? [];
    if (typeof base !== 'string' || building.has(url)) return undefined; // a circle of bases has no snapshot
    building.add(url);
    try {
      const from = elementsOf(base);
      return from && generateSnapshot(from, differential, String(definition['type'] ?? from[0]!.path), elementsOf);
    } finally { building.delete(url); }
  };
  const structure = remembering((canonical: string): Structure | undefined => {
    const definition = definitions.get('StructureDefinition', canonical);
    const elements = definition && elementsOf(canonical);
    return definition && elements && elements.length > 0 ? {
      url: String(definition.url), version: definition.version, name: String(definition['name'] ?? definition.url),
      type: String(definition['type']), kind: String(definition['kind']), abstract: definition['abstract'] === true,
      derivation: definition['derivation'] as string | undefined, baseDefinition: definition['baseDefinition'] as string | undefined,
      root: treeOf(elements), definition,
    } : undefined;
  });
  const type = remembering((name) => structure(core + name));
  const children = new WeakMap<ElementNode, Map<string, ElementNode>>();
  const childrenOf = (node: ElementNode): Map<string, ElementNode> => {
    let known = children.get(node);
    if (!known) children.set(node, known = new Map(node.children.map((c) => [c.name, c])));
    return known;
  };
  const catalog: Catalog = {
    definitions, structure, type,
    isResource: (name) => kinds.get(name) === 'resource',
    isPrimitive: (name) => kinds.get(name) === 'primitive-type',
    isA(name, ancestor) {
      for (let at: string | undefined = name, n = 0; at && n < 10; n++) {
        if (at === ancestor) return true;
        at = type(at)?.baseDefinition?.slice(core.length);
      }
      return false;
    },
    child(parent, name) {
      const own = childrenOf(parent).get(name);
      if (own) return own;
      const reference = parent.definition.contentReference;
      if (reference) {
        const id = reference.slice(reference.indexOf('#') + 1);
        const found = find(type(id.split('.')[0]!)?.root, id);
        if (found) return catalog.child(found, name);
      }
      for (const t of parent.types) {
        const found = type(t.code) && childrenOf(type(t.code)!.root).get(name);
        if (found) return found;
      }
      return undefined;
    },
  };
  return catalog;
};

/** A node of a tree by element id, without slices. */
export const find = (root: ElementNode | undefined, id: string): ElementNode | undefined => {
  if (!root || root.id === id) return root;
  for (const child of root.children) {
    if (id === child.id || id.startsWith(`${child.id}.`)) return find(child, id);
  }
  return undefined;
};

export const upper = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1);
