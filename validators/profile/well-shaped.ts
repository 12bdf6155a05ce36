import type { Catalog } from './catalog.ts';
import { upper } from './catalog.ts';
import type { ElementNode } from './element-tree.ts';
import { isObject, word, type JsonObject } from './run.ts';

/** An element by its JSON name, with the type that the name says. */
const elementOf = (catalog: Catalog, parent: ElementNode, key: string): { node: ElementNode; type: string } | undefined => {
  const direct = catalog.child(parent, key);
  if (direct && !direct.choice) return { node: direct, type: direct.types[0]?.code ?? 'Element' };
  const owners = [parent, ...parent.types.flatMap((t) => catalog.type(t.code)?.root ?? [])];
  for (const owner of owners) {
    for (const child of owner.children) {
      const type = child.choice && key.startsWith(child.name) ? child.types.find((t) => child.name + upper(t.code) === key) : undefined;
      if (type) return { node: child, type: type.code };
    }
  }
  return undefined;
};

/**
 * What a parser would keep of a resource with elements of the wrong JSON shape: those are left out. Profiles and
 * invariants then see an element that is absent instead of one that is no element. Made only where the shape is wrong.
 */
export const wellShaped = (catalog: Catalog, object: JsonObject, at: ElementNode): JsonObject => {
  const out: { [key: string]: unknown } = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    const sibling = key.startsWith('_');
    const element = elementOf(catalog, at, sibling ? key.slice(1) : key);
    if (!element || sibling) { if (key !== '__proto__') out[key] = value; continue; }
    const { node, type } = element;
    const primitive = catalog.isPrimitive(type);
    const keep = (item: unknown): unknown => {
      if (primitive) return typeof item === 'object' && item !== null ? undefined : item;
      if (!isObject(item)) return undefined;
      const inner = type === 'Resource' ? catalog.type(word(item['resourceType']))?.root
        : node.children.length > 0 || node.definition.contentReference ? node : catalog.type(type)?.root;
      return inner ? wellShaped(catalog, item, inner) : item;
    };
    if (node.list) {
      const items = (Array.isArray(value) ? value : [value]).map(keep).filter((item) => item !== undefined);
      if (items.length > 0) out[key] = items;
    } else if (value !== null) {
      const kept = keep(value);
      if (kept !== undefined) out[key] = kept;
    }
  }
  return out;
};
