import type { Catalog } from './catalog.ts';
import { upper } from './catalog.ts';
import type { Checker } from './checker.ts';
import type { ElementNode } from './element-tree.ts';
import { fits, same } from './fixed-value.ts';
import { typeNamed } from './reference.ts';
import { isObject, type JsonObject } from './run.ts';

/** Does a value belong to a slice? `type` is the FHIR type of a choice's value. */
export type Match = (value: unknown, checker: Checker, type: string | undefined) => boolean;
export type SliceSpec = { readonly node: ElementNode; readonly name: string; readonly min: number; readonly max: number; readonly nested: string | undefined; readonly match: Match };
export type SlicingSpec = {
  readonly node: ElementNode; readonly base: ElementNode; readonly source: string; readonly slices: readonly SliceSpec[];
  /** Set by the generated code: the checks of each slice, and the slicing within it. */
  checks: (((value: unknown, checker: Checker) => void) | undefined)[];
  nested: (SlicingSpec | undefined)[];
  readonly rules: string; readonly ordered: boolean; readonly label: string; readonly list: boolean;
};

const never: Match = () => false;
/** What one test decides, those that nobody can decide leave open no more. */
const all = (tests: readonly Match[]): Match => (tests.length === 1 ? tests[0]! : (v, c, t) => {
  let open = false;
  for (const test of tests) {
    if (test(v, c, t)) continue;
    if (!c.undecided) return false;
    c.undecided = false;
    open = true;
  }
  c.undecided = open;
  return !open;
});
const some = (tests: readonly Match[]): Match => (tests.length === 1 ? tests[0]! : (v, c, t) => tests.some((test) => test(v, c, t)));

/** Does one of the values at a discriminator's path in an instance pass? */
type Reach = (value: unknown, checker: Checker, type: string | undefined, test: Match) => boolean;

/** What an object has under a name, or under a choice's name with a type: an item, a list, or undefined. */
const under = (object: JsonObject, name: string): unknown => {
  const found = object[name];
  if (found !== undefined) return found;
  for (const key in object) {
    if (key.length > name.length && key.startsWith(name)) { const c = key.charCodeAt(name.length); if (c >= 65 && c <= 90) return [object[key]]; }
  }
  return undefined;
};

const step = (name: string): Reach => (value, checker, type, test) => {
  const found = isObject(value) ? under(value, name) : undefined;
  if (found === undefined) return false;
  if (!Array.isArray(found)) return test(found, checker, type);
  for (let i = 0; i < found.length; i++) if (test(found[i], checker, type)) return true;
  return false;
};
const here: Reach = (value, checker, type, test) => test(value, checker, type);
const always: Match = () => true;
/** `second` from each value that `first` reaches. */
const then = (first: Reach, second: Reach): Reach =>
  (first === here ? second : (value, checker, type, test) => first(value, checker, type, (v, c, t) => second(v, c, t, test)));

/** `code.coding.where(...)` is no discriminator; `a.b`, `extension('url')`, `resolve()`, `ofType(T)` are: http://hl7.org/fhir/R4/profiling.html#discriminator */
const partsOf = (path: string): string[] => path.match(/extension\('[^']*'\)|[A-Za-z]\w*\([^)]*\)|\$this|[A-Za-z]\w*/g) ?? [];

type At = { readonly nodes: readonly ElementNode[]; readonly reach: Reach };

/** Slices of a node, and theirs. */
const slicesOf = (node: ElementNode): ElementNode[] => node.slices.flatMap((s) => [s, ...slicesOf(s)]);

const childNodes = (catalog: Catalog, node: ElementNode, name: string): ElementNode[] => {
  const own = node.children.filter((c) => c.name === name || (c.choice && c.types.some((t) => c.name + upper(t.code) === name)));
  if (own.length > 0) return own.flatMap((c) => [c, ...slicesOf(c)]);
  // Not in the profile: in a profile of the type, or in the type.
  return node.types.flatMap((type) => (type.profile ?? []).flatMap((p) => catalog.structure(p)?.root.children.filter((c) => c.name === name) ?? []))
    .concat(node.types.some((t) => t.profile) ? [] : node.types.flatMap((t) => catalog.type(t.code)?.root.children.filter((c) => c.name === name) ?? []));
};

/** A fixed value or pattern of a whole element says what its parts are. */
const within = (node: ElementNode, part: string): ElementNode[] | undefined => {
  const of = node.fixed ?? node.pattern;
  const value = isObject(of?.value) ? of.value[part] : undefined;
  if (value === undefined) return undefined;
  const given = { type: '', value: Array.isArray(value) ? value[0] : value };
  return [{ ...node, name: part, children: [], slices: [], fixed: node.fixed && !Array.isArray(value) ? given : undefined, pattern: given }];
};

/** Of a resource that is elsewhere the reference tells the type, and nothing more. */
const namedTarget = (checker: Checker, value: unknown): JsonObject | undefined => {
  const type = isObject(value) && typeof value['reference'] === 'string' ? typeNamed(checker, value['reference']) : undefined;
  return type === undefined ? undefined : { resourceType: type };
};

const walk = (catalog: Catalog, slice: ElementNode, path: string): At => {
  let nodes: readonly ElementNode[] = [slice];
  let reach = here;
  for (const part of partsOf(path)) {
    if (part === '$this') continue;
    if (part === 'resolve()') {
      nodes = nodes.flatMap((n) => n.types.flatMap((t) => (t.targetProfile ?? []).flatMap((p) => catalog.structure(p)?.root ?? [])));
      reach = then(reach, (value, checker, type, test) => { const target = checker.resolveTarget(value) ?? namedTarget(checker, value); return target !== undefined && test(target, checker, type); });
    } else if (part.startsWith('extension(')) {
      const url = /'([^']*)'/.exec(part)?.[1] ?? '';
      nodes = nodes.flatMap((n) => childNodes(catalog, n, 'extension').filter((e) => e.types.some((t) => t.profile?.includes(url))));
      const extensions = step('extension');
      reach = then(reach, (value, checker, type, test) => extensions(value, checker, type, (e, c, t) => isObject(e) && e['url'] === url && test(e, c, t)));
    } else if (part.startsWith('ofType(')) {
      const type = part.slice(7, -1);
      nodes = nodes.flatMap((n) => [n, ...n.slices].filter((s) => s.types.some((t) => t.code === type)));
    } else {
      nodes = nodes.flatMap((n) => within(n, part) ?? childNodes(catalog, n, part));
      reach = then(reach, step(part));
    }
  }
  return { nodes, reach };
};

/** What a node's fixed values, patterns and required bindings ask, children included; undefined where they ask nothing. */
const criteria = (catalog: Catalog, node: ElementNode, depth = 0): Match | undefined => {
  const { fixed, pattern } = node;
  if (fixed) return (v) => same(v, fixed.value);
  if (pattern) return (v) => fits(v, pattern.value);
  if (depth > 4) return undefined;
  const parts: Match[] = [];
  const children = node.children.length > 0 ? node.children : node.types.flatMap((t) => (t.profile ?? []).flatMap((p) => catalog.structure(p)?.root.children ?? []));
  for (const child of children) {
    if (child.name === 'extension') continue; // says no more of the value
    for (const one of child.slices.length > 0 ? child.slices.filter((s) => s.min > 0) : [child]) {
      const test = criteria(catalog, one, depth + 1);
      if (!test) continue;
      const [reach, mayLack] = [step(one.name), one.min === 0 && one.sliceName === undefined && !one.list];
      parts.push((v, c, t) => reach(v, c, t, test) || (mayLack && !reach(v, c, t, always)));
    }
  }
  if (parts.length > 0) return all(parts);
  const { binding } = node.definition;
  if (binding?.valueSet && binding.strength === 'required') return (v, c) => c.inValueSet(v, binding.valueSet!);
  return undefined;
};

const typeMatch = (catalog: Catalog, nodes: readonly ElementNode[], resolved: boolean, reach: Reach, path: string): Match => {
  // A choice's slices by type say more than the choice itself.
  const narrowed = nodes.some((n) => n.choice && n.sliceName !== undefined) ? nodes.filter((n) => !n.choice || n.sliceName !== undefined) : nodes;
  const codes = narrowed.flatMap((n) => (n.path.includes('.') ? n.types.map((t) => t.code) : [n.path])); // a resource that was resolved is its type
  const isA = (type: string): boolean => codes.some((code) => code === type || catalog.isA(type, code));
  return (value, checker, type) => reach(value, checker, type, (v) => {
    if (isObject(v) && typeof v['resourceType'] === 'string') return isA(v['resourceType']);
    if (resolved) return false;
    if (path === '$this' && type !== undefined) return isA(type);
    const last = partsOf(path).at(-1);
    if (last && last !== '$this' && isObject(value)) return codes.some((code) => value[last + upper(code)] !== undefined);
    return false;
  });
};

/** A slice's test: all discriminators of its slicing must hold on which the slice says something. A slice that cannot be told apart matches nothing. */
export const matchersOf = (catalog: Catalog, sliced: ElementNode, slice: ElementNode, base: ElementNode): Match => {
  const discriminators = sliced.definition.slicing?.discriminator ?? (base.choice ? [{ type: 'type', path: '$this' }] : []);
  const matches: Match[] = [];
  for (const { type, path } of discriminators) {
    if (type === 'value' && path === 'url' && base.name.endsWith('xtension')) {
      const url = slice.types[0]?.profile?.[0]?.split('|')[0] ?? slice.children.find((c) => c.name === 'url')?.fixed?.value;
      matches.push(url === undefined ? never : (v) => isObject(v) && v['url'] === url);
      continue;
    }
    const { nodes, reach } = walk(catalog, slice, path);
    if (type === 'value' || type === 'pattern') {
      const tests = nodes.flatMap((n) => criteria(catalog, n) ?? []);
      if (nodes.length > 0 && nodes.every((n) => n.max === 0)) { matches.push((v, c, t) => !reach(v, c, t, always)); continue; }
      const one = some(tests);
      if (tests.length > 0) matches.push((v, c, t) => reach(v, c, t, one));
    } else if (type === 'exists') {
      const wanted = nodes.some((n) => n.min > 0);
      const banned = nodes.length > 0 && nodes.every((n) => n.max === 0);
      matches.push((v, c, t) => { const found = reach(v, c, t, always); return banned ? !found : wanted ? found : true; });
    } else if (type === 'type') matches.push(typeMatch(catalog, nodes, path.includes('resolve()'), reach, path));
    else if (type === 'profile') {
      const profiles = nodes.flatMap((n) => (path.includes('resolve()') ? [n] : [])).length > 0
        ? slice.types.flatMap((t) => t.targetProfile ?? []) : nodes.flatMap((n) => n.types.flatMap((t) => t.profile ?? []));
      if (nodes.length > 0 && nodes.every((n) => n.max === 0)) { matches.push((v, c, t) => !reach(v, c, t, always)); continue; }
      if (profiles.length > 0) matches.push((v, c, t) => reach(v, c, t, (f) => profiles.some((p) => c.conformsTo(f, p))));
    } else if (type === 'position') {
      // Slices follow each other, each as long as it may be: http://hl7.org/fhir/R5/valueset-discriminator-type.html
      const start = sliced.slices.slice(0, sliced.slices.indexOf(slice)).reduce((n, s) => n + s.max, 0);
      matches.push((_v, c) => { const i = c.indices[c.depth - 1]!; return i >= start && i < start + slice.max; });
    } else matches.push(never);
  }
  if (matches.length === 0) return never;
  return all(matches);
};
