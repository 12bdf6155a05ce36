import type { Catalog } from './catalog.ts';
import { upper } from './catalog.ts';
import type { Checker } from './checker.ts';
import type { ElementNode } from './element-tree.ts';
import { fits, same } from './fixed-value.ts';
import { isObject } from './run.ts';

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

/** Values at a discriminator's path in an instance. */
type Navigate = (value: unknown, checker: Checker) => unknown[];

const step = (name: string): Navigate => (value) => {
  if (!isObject(value)) return [];
  const found = value[name];
  if (found !== undefined) return Array.isArray(found) ? found : [found];
  for (const key of Object.keys(value)) {
    if (key.startsWith(name) && key.length > name.length && /[A-Z]/.test(key[name.length]!)) return [value[key]];
  }
  return [];
};

/** `code.coding.where(...)` is no discriminator; `a.b`, `extension('url')`, `resolve()`, `ofType(T)` are: http://hl7.org/fhir/R4/profiling.html#discriminator */
const partsOf = (path: string): string[] => path.match(/extension\('[^']*'\)|[A-Za-z]\w*\([^)]*\)|\$this|[A-Za-z]\w*/g) ?? [];

type At = { readonly nodes: readonly ElementNode[]; readonly navigate: Navigate };

const childNodes = (catalog: Catalog, node: ElementNode, name: string): ElementNode[] => {
  const own = node.children.filter((c) => c.name === name || (c.choice && c.types.some((t) => c.name + upper(t.code) === name)));
  if (own.length > 0) return own.flatMap((c) => [c, ...c.slices]);
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

const walk = (catalog: Catalog, slice: ElementNode, path: string): At => {
  let nodes: readonly ElementNode[] = [slice];
  let navigate: Navigate = (value) => [value];
  for (const part of partsOf(path)) {
    const before = navigate;
    if (part === '$this') continue;
    if (part === 'resolve()') {
      nodes = nodes.flatMap((n) => n.types.flatMap((t) => (t.targetProfile ?? []).flatMap((p) => catalog.structure(p)?.root ?? [])));
      navigate = (value, checker) => before(value, checker).flatMap((v) => checker.resolveTarget(v) ?? []);
    } else if (part.startsWith('extension(')) {
      const url = /'([^']*)'/.exec(part)?.[1] ?? '';
      nodes = nodes.flatMap((n) => childNodes(catalog, n, 'extension').filter((e) => e.types.some((t) => t.profile?.includes(url))));
      navigate = (value, checker) => before(value, checker).flatMap((v) => step('extension')(v, checker)).filter((e) => isObject(e) && e['url'] === url);
    } else if (part.startsWith('ofType(')) {
      const type = part.slice(7, -1);
      nodes = nodes.flatMap((n) => [n, ...n.slices].filter((s) => s.types.some((t) => t.code === type)));
    } else {
      nodes = nodes.flatMap((n) => within(n, part) ?? childNodes(catalog, n, part));
      navigate = (value, checker) => before(value, checker).flatMap((v) => step(part)(v, checker));
    }
  }
  return { nodes, navigate };
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
    for (const one of child.slices.length > 0 ? child.slices.filter((s) => s.min > 0) : [child]) {
      const test = criteria(catalog, one, depth + 1);
      if (test) parts.push((v, c, t) => { const found = step(one.name)(v, c); return found.length === 0 ? one.min === 0 && one.sliceName === undefined && !one.list : found.some((f) => test(f, c, t)); });
    }
  }
  if (parts.length > 0) return (v, c, t) => parts.every((p) => p(v, c, t));
  const { binding } = node.definition;
  if (binding?.valueSet && binding.strength === 'required') return (v, c) => c.inValueSet(v, binding.valueSet!) === true;
  return undefined;
};

const typeMatch = (catalog: Catalog, nodes: readonly ElementNode[], resolved: boolean, navigate: Navigate, path: string): Match => {
  const codes = nodes.flatMap((n) => n.types.map((t) => t.code));
  const isA = (type: string): boolean => codes.some((code) => code === type || catalog.isA(type, code));
  return (value, checker, type) => navigate(value, checker).some((v) => {
    if (isObject(v) && typeof v['resourceType'] === 'string') return isA(v['resourceType']);
    if (resolved) return false;
    if (path === '$this' && type !== undefined) return isA(type);
    const last = partsOf(path).at(-1);
    if (last && last !== '$this' && isObject(value)) return codes.some((code) => value[last + upper(code)] !== undefined);
    return false;
  });
};

/** A slice's test: all discriminators of its slicing must hold. A slice that cannot be told apart matches nothing. */
export const matchersOf = (catalog: Catalog, sliced: ElementNode, slice: ElementNode, base: ElementNode): Match => {
  const discriminators = sliced.definition.slicing?.discriminator ?? (base.choice ? [{ type: 'type', path: '$this' }] : []);
  const matches: Match[] = [];
  for (const { type, path } of discriminators) {
    if (type === 'value' && path === 'url' && base.name.endsWith('xtension')) {
      const url = slice.types[0]?.profile?.[0]?.split('|')[0] ?? slice.children.find((c) => c.name === 'url')?.fixed?.value;
      matches.push(url === undefined ? never : (v) => isObject(v) && v['url'] === url);
      continue;
    }
    const { nodes, navigate } = walk(catalog, slice, path);
    if (type === 'value' || type === 'pattern') {
      const tests = nodes.flatMap((n) => criteria(catalog, n) ?? []);
      matches.push(tests.length === 0 ? never : (v, c, t) => { const found = navigate(v, c); return tests.some((test) => found.some((f) => test(f, c, t))); });
    } else if (type === 'exists') {
      const wanted = nodes.some((n) => n.min > 0);
      const banned = nodes.length > 0 && nodes.every((n) => n.max === 0);
      matches.push((v, c) => { const found = navigate(v, c).length > 0; return banned ? !found : wanted ? found : true; });
    } else if (type === 'type') matches.push(typeMatch(catalog, nodes, path.includes('resolve()'), navigate, path));
    else if (type === 'profile') {
      const profiles = nodes.flatMap((n) => (path.includes('resolve()') ? [n] : [])).length > 0
        ? slice.types.flatMap((t) => t.targetProfile ?? []) : nodes.flatMap((n) => n.types.flatMap((t) => t.profile ?? []));
      matches.push((v, c) => navigate(v, c).some((f) => profiles.some((p) => c.conformsTo(f, p))));
    } else matches.push(never);
  }
  if (matches.length === 0) return never;
  return matches.length === 1 ? matches[0]! : (v, c, t) => matches.every((m) => m(v, c, t));
};
