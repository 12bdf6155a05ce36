import { RE2JS } from 're2js';
import { isBindable, labelOf, type Constants } from './base-source.ts';
import type { Catalog } from './catalog.ts';
import { upper } from './catalog.ts';
import type { Binding, Constraint, ElementNode, ElementType, FixedValue, Structure } from './element-tree.ts';
import { matchersOf, type SliceSpec, type SlicingSpec } from './slicing.ts';

const js = (value: unknown): string => JSON.stringify(value);

/** A place in a profile, for findings. */
export type ProfileSite = {
  readonly node: ElementNode;
  readonly label: string;
  readonly source: string;
  /** For a slice: `Observation.component:systolic`. */
  readonly type: ElementType;
};
export type ChoiceEntry = { readonly key: string; readonly label: string; readonly type: string; readonly allowed: boolean };
export type ChoiceSite = ProfileSite & { readonly entries: readonly ChoiceEntry[] };

const sameBinding = (a: Binding | undefined, b: Binding | undefined): boolean =>
  JSON.stringify([a?.strength, a?.valueSet, a?.extension]) === JSON.stringify([b?.strength, b?.valueSet, b?.extension]);
const sameFixed = (a: FixedValue | undefined, b: FixedValue | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
const limitOf = (node: ElementNode, prefix: string): string => JSON.stringify(Object.entries(node.definition).filter(([key]) => key.startsWith(prefix)));

const regexOf = (node: ElementNode): unknown => [...node.definition.extension ?? [], ...node.types.flatMap((t) => t.extension ?? [])].find((e) => e.url === 'http://hl7.org/fhir/StructureDefinition/regex')?.['valueString'];

/** The form that a profile gives a primitive by a pattern, over the whole value, in linear time. */
const formOf = (node: ElementNode, base: ElementNode): ((value: string) => boolean) | undefined => {
  const regex = regexOf(node);
  if (typeof regex !== 'string' || regex === regexOf(base)) return undefined;
  try { const pattern = RE2JS.compile(regex); return (value) => pattern.matches(value); } catch { return undefined; } // no regex, or one that needs backtracking
};

/** Only what a profile adds to the type it constrains becomes code: the type itself is checked anyway. */
export class ProfileSource {
  private readonly functions: string[] = [];
  private readonly catalog: Catalog;
  private readonly structure: Structure;
  private readonly k: Constants;
  private readonly trail = new Set<ElementNode>();

  constructor(catalog: Catalog, structure: Structure, k: Constants) {
    this.catalog = catalog;
    this.structure = structure;
    this.k = k;
  }

  /** The source of `(v, c)`, or undefined where the profile adds nothing. */
  source(): string | undefined {
    const base = this.catalog.type(this.structure.type)?.root;
    if (!base) return undefined;
    const body = this.value(this.structure.root, base);
    return body === '' ? undefined : `${this.functions.join('')}return (v,c)=>{${body}};`;
  }

  private site(node: ElementNode, type: ElementType = node.types[0] ?? { code: 'Element' }, extra: object = {}): string {
    return `K[${this.k.add({ node, label: labelOf(node, type), source: this.structure.url, type, ...extra })}]`;
  }

  /** Source that checks `v`, an instance of `node`; its path is already pushed. */
  private value(node: ElementNode, base: ElementNode): string {
    const out: string[] = [];
    const types = node.types;
    const only = types.length === 1 ? types[0] : undefined;
    const S = this.site(node);
    if (node.fixed && !sameFixed(node.fixed, base.fixed)) out.push(`c.fixed(v,${S});`);
    if (node.pattern && !sameFixed(node.pattern, base.pattern)) out.push(`c.pattern(v,${S});`);
    for (const limit of ['minValue', 'maxValue']) if (limitOf(node, limit) !== limitOf(base, limit) && limitOf(node, limit) !== '[]') out.push(`c.limit(v,${S},${js(limit)});`);
    if (node.definition.maxLength !== undefined && node.definition.maxLength !== base.definition.maxLength) out.push(`if(typeof v==='string'&&v.length>${node.definition.maxLength})c.maxLength(${S});`);
    const least = node.definition.extension?.find((e) => e.url === 'http://hl7.org/fhir/StructureDefinition/minLength')?.['valueInteger'];
    if (typeof least === 'number') out.push(`if(typeof v==='string'&&v.length<${least})c.minLength(${S},${least});`);
    const form = formOf(node, base);
    if (form) out.push(`if(typeof v==='string'&&!K[${this.k.add(form)}](v))c.form(${S});`);
    const { binding } = node.definition;
    if (binding && (binding.valueSet || binding.extension) && !sameBinding(binding, base.definition.binding) && (binding.strength !== 'example' || binding.extension) && types.some((t) => isBindable(t.code))) {
      for (const type of types.filter((t) => isBindable(t.code))) {
        const guard = base.choice && types.length > 1 && node.sliceName === undefined ? `if(h.type===${js(type.code)})` : '';
        out.push(`${guard}c.bind(v,${this.site(node, type, { over: base.definition.binding })});`);
      }
    }
    for (const constraint of this.extraConstraints(node, base)) {
      const typed = (type: string): object => ({ constraint, node, type, source: this.structure.url });
      if (base.choice && types.length > 1 && node.sliceName === undefined) {
        // The expression compiles for the type that is there.
        const byType = this.k.add(Object.fromEntries(types.map((t) => [t.code, typed(t.code)])));
        out.push(`c.invariant(v,K[${byType}][h.type]);`);
      } else out.push(`c.invariant(v,K[${this.k.add(typed(only && only.code !== 'BackboneElement' ? only.code : node.path.includes('.') ? base.path : this.structure.type))}]);`);
    }
    for (const type of types) {
      const before = base.types.find((t) => t.code === type.code);
      if ((type.code === 'Reference' || type.code === 'canonical') && ((type.targetProfile && js(type.targetProfile) !== js(before?.targetProfile)) || js(type.aggregation) !== js(before?.aggregation))) {
        out.push(`${base.choice && types.length > 1 && node.sliceName === undefined ? `if(h.type===${js(type.code)})` : ''}c.reference(v,${this.site(node, type)});`);
      }
    }
    const inner: string[] = [];
    if (only?.profile && only.code !== 'Extension' && js(only.profile) !== js(base.types.find((t) => t.code === only.code)?.profile)) {
      inner.push(`c.profiles(v,K[${this.k.add({ profiles: only.profile, node, source: this.structure.url })}],${js(only.code)});`);
    }
    const children = this.children(node, base);
    if (children !== '') inner.push(`if(isObj(v)){const o=v;${children}}`);
    if (!node.path.includes('.') || base.types[0]?.code !== 'Resource') return out.concat(inner).join('');
    // What is within another resource, its profiles and elements, is asked of that resource.
    const kinds = types.flatMap((t) => (t.code !== 'Resource' ? [t.code] : t.profile?.map((p) => this.catalog.structure(p)?.type ?? 'Resource') ?? ['Resource']));
    const narrowed = kinds.length > 0 && !kinds.includes('Resource');
    const within = inner.length > 0 ? `{const b=c.hold(v);${inner.join('')}c.holder=b;}` : '';
    return out.join('') + (narrowed ? `if(c.isOfType(v,${S},${js(kinds)}))${within || ';'}` : within);
  }

  private extraConstraints(node: ElementNode, base: ElementNode): readonly Constraint[] {
    const known = new Set((base.definition.constraint ?? []).map((c) => c.key));
    for (const type of node.types) for (const c of this.catalog.type(type.code)?.root.definition.constraint ?? []) known.add(c.key);
    return (node.definition.constraint ?? []).filter((c) => !known.has(c.key) && c.key !== 'ele-1' && c.expression !== undefined);
  }

  private children(node: ElementNode, base: ElementNode): string {
    if (this.trail.has(node)) return '';
    this.trail.add(node);
    try { return node.children.map((child) => this.child(child, node, base)).join(''); } finally { this.trail.delete(node); }
  }

  /** The base's element for a child; `valueQuantity` constrains `value[x]`. Of a choice's types, those that the profile leaves: others have children of the same name. */
  private baseOf(child: ElementNode, parent: ElementNode, base: ElementNode): ElementNode | undefined {
    const found = base.choice ? undefined : this.catalog.child(base, child.name);
    if (found) return found;
    for (const type of parent.types) { const t = this.catalog.type(type.code); const c = t && this.catalog.child(t.root, child.name); if (c) return c; }
    return base.choice ? this.catalog.child(base, child.name) : undefined;
  }

  private child(child: ElementNode, parent: ElementNode, base: ElementNode): string {
    let from = this.baseOf(child, parent, base);
    let node = child;
    if (!from) {
      const choices = parent.types.flatMap((t) => this.catalog.type(t.code)?.root.children ?? []).concat(base.children);
      const choice = choices.find((c) => c.choice && c.types.some((t) => c.name + upper(t.code) === child.name));
      if (!choice) return '';
      from = choice;
      const type = choice.types.find((t) => choice.name + upper(t.code) === child.name)!;
      node = { ...child, name: choice.name, choice: true, types: child.types.length > 0 ? child.types : [type] };
    }
    const slicing = this.slicing(node, from);
    const checks = this.value(node, from);
    const narrower = from.choice && node.types.length > 0 && node.types.length < from.types.length;
    const min = node.min > from.min ? node.min : 0;
    const max = node.max < from.max ? node.max : Infinity;
    if (!slicing && checks === '' && !narrower && min === 0 && max === Infinity) return '';
    const S = this.site(node);
    if (from.choice) {
      const types = new Set((node.types.length > 0 ? node.types : from.types).map((t) => t.code));
      const entries: ChoiceEntry[] = from.types.map((t) => ({ key: from.name + upper(t.code), label: labelOf(from, t), type: t.code, allowed: types.has(t.code) }))
        .sort((a, b) => Number(b.allowed) - Number(a.allowed));
      const site = this.site({ ...node, name: from.name, choice: true }, undefined, { entries });
      const missing = min > 0 ? `c.minimum(0,${site});` : '';
      const slices = slicing ? `c.slices([v],${slicing},h.type);` : '';
      const absent = slicing ? `c.slices([],${slicing});` : '';
      return `{const h=c.choice(o,${site});if(h===undefined){${missing}${absent}}else{${max === 0 ? `c.maximum(1,${site});` : ''}const v=o[h.key];`
        + `c.names[c.depth]=h.label;c.indices[c.depth++]=-1;if(!h.allowed)c.wrongType(${site});else{${checks}}c.depth--;${slices}}}`;
    }
    const key = js(node.name);
    const primitive = this.catalog.isPrimitive(from.types[0]?.code ?? '');
    const sibling = primitive ? `o[${js(`_${node.name}`)}]` : 'undefined';
    const label = js(node.name);
    if (from.list) {
      const inSiblings = primitive ? this.inSibling(node, from) : '';
      const count = primitive ? `Math.max(Array.isArray(l)?l.length:0,Array.isArray(${sibling})?${sibling}.length:0)` : '(Array.isArray(l)?l.length:0)';
      return `{const l=o[${key}],n=${count};${min > 0 ? `if(n<${min})c.minimum(n,${S});` : ''}${max < Infinity ? `if(n>${max})c.maximum(n,${S});` : ''}`
        + `${checks === '' ? '' : `if(Array.isArray(l))for(let i=0;i<l.length;i++){const v=l[i];c.names[c.depth]=${label};c.indices[c.depth++]=i;${checks}c.depth--;}`}`
        + `${inSiblings === '' ? '' : `for(let i=0;i<n;i++){const q=${sibling},p=Array.isArray(q)?q[i]:undefined;{const o=isObj(p)?p:{};c.names[c.depth]=${label};c.indices[c.depth++]=i;${inSiblings}c.depth--;}}`}`
        + `${slicing ? `c.slices(Array.isArray(l)?l:[],${slicing});` : ''}}`;
    }
    const valueless = primitive ? this.valueless(node, from, max === 0 ? `c.maximum(1,${S});` : '', sibling) : '';
    const inSibling = primitive ? this.siblingChildren(node, from) : '';
    return `{const v=o[${key}];if(v===undefined||v===null||${primitive ? "typeof v==='object'" : 'Array.isArray(v)'}){${min > 0 ? `if(${sibling}===undefined)c.minimum(0,${S});` : ''}${valueless}}else{${max === 0 ? `c.maximum(1,${S});` : ''}`
      + `${checks === '' ? '' : `c.names[c.depth]=${label};c.indices[c.depth++]=-1;${checks}c.depth--;`}}${inSibling}${slicing ? `c.slices(v===undefined?[]:[v],${slicing});` : ''}}`;
  }

  /** A primitive that has only extensions is there too: what is banned or ruled on. */
  private valueless(node: ElementNode, from: ElementNode, banned: string, sibling: string): string {
    const rules = this.extraConstraints(node, from).map((constraint) =>
      `c.invariant(undefined,K[${this.k.add({ constraint, node, type: node.types[0]?.code ?? from.types[0]!.code, source: this.structure.url })}],${sibling});`);
    if (banned === '' && rules.length === 0) return '';
    return `if(isObj(${sibling})){${banned}c.names[c.depth]=${js(node.name)};c.indices[c.depth++]=-1;${rules.join('')}c.depth--;}`;
  }

  /** Extensions that a profile asks for on a primitive live in its `_` sibling. */
  private inSibling(node: ElementNode, from: ElementNode): string {
    const extensions = node.children.filter((c) => c.name === 'extension');
    return extensions.map((child) => this.child(child, { ...node, types: [{ code: 'Element' }] }, from)).join('');
  }
  private siblingChildren(node: ElementNode, from: ElementNode): string {
    const source = this.inSibling(node, from);
    if (source === '') return '';
    return `{const p=o[${js(`_${node.name}`)}];if(o[${js(node.name)}]!==undefined||p!==undefined){const o=isObj(p)?p:{};c.names[c.depth]=${js(node.name)};c.indices[c.depth++]=-1;${source}c.depth--;}}`;
  }

  private slicing(node: ElementNode, base: ElementNode): string | undefined {
    if (node.slices.length === 0) return undefined;
    const checks: string[] = [];
    const specs: SliceSpec[] = node.slices.map((slice) => {
      const source = this.value(slice, base);
      const nested = this.slicing(slice, base);
      let index = -1;
      if (source !== '') {
        index = this.functions.length;
        this.functions.push(`const p${index}=(v,c)=>{${source}};`);
      }
      checks.push(index < 0 ? 'undefined' : `p${index}`);
      return { node: slice, name: slice.sliceName ?? '', min: slice.min, max: slice.max, nested, match: matchersOf(this.catalog, node, slice, base) };
    });
    const { slicing } = node.definition;
    const spec: SlicingSpec = { node, base, source: this.structure.url, slices: specs, checks: [], nested: [],
      rules: slicing?.rules ?? 'open', ordered: slicing?.ordered === true, label: node.name, list: base.list && !base.choice };
    const at = `K[${this.k.add(spec)}]`;
    this.functions.push(`${at}.checks=[${checks.join(',')}];${at}.nested=[${specs.map((s) => s.nested ?? 'undefined').join(',')}];`);
    return at;
  }
}
