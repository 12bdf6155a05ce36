import type { Catalog } from './catalog.ts';
import { core, upper } from './catalog.ts';
import { checkedElsewhere } from './invariant.ts';
import { guardOf } from './invariant-guards.ts';
import type { Constraint, ElementNode, ElementType } from './element-tree.ts';

/** What generated code needs beside itself; K[n] in the source. */
export type Constants = { readonly values: unknown[]; add(value: unknown): number };
export const constants = (): Constants => {
  const values: unknown[] = [];
  return { values, add: (value) => values.push(value) - 1 };
};

/** A place in a type: what the runtime is told where generated code finds something. */
export type Site = {
  readonly node: ElementNode;
  /** JSON name: `valueQuantity`. */
  readonly key: string;
  /** Name in a FHIRPath: `value.ofType(Quantity)`. */
  readonly label: string;
  readonly type: ElementType;
  /** Type name that holds the element, for the contexts of extensions. */
  readonly holder: string;
  /** Type or profile that asks for it. */
  readonly source: string;
  /** See reference.ts. */
  targets?: readonly string[];
};

export type Linker = {
  readonly catalog: Catalog;
  /** Slot of the function that checks a complex type or backbone element: `HumanName`, `Patient.contact`. */
  slot(key: string): number;
};

const js = (value: unknown): string => JSON.stringify(value);
const cold = new Set(['xhtml', 'oid', 'uuid']);

/** Element names FHIRPath shows: a choice says its type. */
export const labelOf = (node: ElementNode, type: ElementType): string => (node.choice ? `${node.name}.ofType(${type.code})` : node.name);

const quantities = new Set(['Quantity', 'Age', 'Duration', 'Distance', 'Count']);

/** Types whose bindings the runtime checks. */
const bindable = new Set(['code', 'Coding', 'CodeableConcept', 'Quantity', 'string', 'uri', 'Duration', 'Age', 'Distance', 'Count', 'SimpleQuantity', 'Money', 'canonical']);
export const isBindable = (type: string): boolean => bindable.has(type);

/** The invariants that a node adds to those of its type. */
export const ownConstraints = (catalog: Catalog, node: ElementNode): readonly Constraint[] => {
  const inherited = new Set<string>();
  if (node.path.includes('.')) for (const t of node.types) for (const c of catalog.type(t.code)?.root.definition.constraint ?? []) inherited.add(c.key);
  return (node.definition.constraint ?? []).filter((c) => c.key !== 'ele-1' && !(node.path.includes('.') && inherited.has(c.key)));
};

/** `F[n]`, made when it is first called, so that each call only ever meets the function itself. */
const call = (slot: number, value: string): string => `z+=(F[${slot}]||L(${slot}))(${value},c);`;

/** Source that checks one object `e` of a site; the path is already pushed, and its size is added to `z`. `S` is the site's constant. */
const objectSource = (linker: Linker, site: Site, k: Constants, S: string): string => {
  const { node, type } = site;
  const { catalog } = linker;
  const code = type.code;
  // A type within itself is where JSON can nest without end.
  if (node.definition.contentReference) return `if(d>deep)c.tooDeep();${call(linker.slot(node.definition.contentReference.slice(node.definition.contentReference.indexOf('#') + 1)), 'e')}`;
  if (node.children.length > 0 && (code === 'BackboneElement' || code === 'Element')) return call(linker.slot(node.id), 'e');
  if (code === 'Resource' || catalog.isResource(code)) return `if(d>deep)c.tooDeep();z+=c.resource(e,${S});`;
  const out: string[] = [call(linker.slot(code), 'e')];
  if (code === 'Reference' || code === 'canonical') out.push(`c.reference(e,${S});`);
  if (node.definition.binding?.valueSet && isBindable(code) && node.definition.binding.strength !== 'example') out.push(`c.bind(e,${S});`);
  else if (code === 'CodeableConcept' || quantities.has(code) || (code === 'Coding' && site.holder !== 'CodeableConcept')) out.push(`c.coded(e,${S});`);
  if (code === 'Attachment') out.push(`if(e.size!==undefined||e.hash!==undefined||(e.data===undefined&&e.url===undefined))c.attachment(e);`);
  if (code === 'Identifier') out.push(`c.identifier(e);`);
  for (const profile of type.profile ?? []) if (code !== 'Extension') out.push(`c.typeProfile(e,${js(profile)},${js(code)});`);
  for (const constraint of ownConstraints(catalog, node)) out.push(`c.invariant(e,K[${k.add({ constraint, node, type: code, source: site.source })}]);`);
  return out.join('');
};

/** Source that checks one primitive `v` at `index`; a path is pushed only by what finds something. Its size is added to `z`. */
const primitiveSource = (site: Site, k: Constants, S: string, index: string): string => {
  const { node, type } = site;
  const code = type.code;
  const binding = node.definition.binding;
  const slow = `z+=c.primitive(v,${S},${index},o);`;
  const isInteger = /^(integer|unsignedInt|positiveInt)$/.test(code);
  const size = code === 'boolean' ? 'z+=v?4:5;' : isInteger ? 'z+=size(v);if(v<c.lowest)c.lowest=v;if(v>c.highest)c.highest=v;' : code === 'decimal' ? 'z+=size(v);' : 'z+=v.length+2;';
  const test = cold.has(code) ? slow : `if(Q${code}(v,${code === 'string' ? 'c.wary' : 'u'})){${size}}else{${slow}}`;
  const number = code === 'decimal' ? `if(c.longNumbers)c.number(v,${S},${index});` : isInteger ? `if(c.oddNumbers)c.number(v,${S},${index});` : '';
  const bound = binding?.valueSet && binding.strength !== 'example' && isBindable(code);
  const slowly = `c.bindAt(v,${S},${index});`;
  const bind = !bound ? '' : binding.strength === 'required' && code === 'code' ? `if(!K[${k.add({ codes: binding.valueSet })}].set?.has(v))${slowly}` : slowly;
  const target = code === 'canonical' ? `c.referenceAt(v,${S},${index});` : '';
  const max = node.definition.maxLength ? `if(typeof v==='string'&&v.length>${node.definition.maxLength})c.maxLengthAt(${S},${index});` : '';
  return `${test}${number}${bind}${target}${max}`;
};

/** A case of the switch over an object's keys. V8 goes through them in their order: those that few instances have come last. */
type Case = { readonly source: string; readonly rare: boolean };
const isRare = (node: ElementNode): boolean => /^(Element|BackboneElement|DomainResource)\./.test(node.definition.base?.path ?? '');

/** One element's cases: its value, and its `_` sibling for a primitive. */
const elementCases = (linker: Linker, holder: string, source: string, node: ElementNode, type: ElementType, k: Constants, seen: string): readonly Case[] => {
  const key = node.choice ? node.name + upper(type.code) : node.name;
  const label = labelOf(node, type);
  const site: Site = { node, key, label, type, holder, source };
  const S = `K[${k.add(site)}]`;
  const isPrimitive = linker.catalog.isPrimitive(type.code);
  const keySize = key.length + 4; // quotes, colon, comma
  if (isPrimitive) {
    const body = node.list
      ? `if(Array.isArray(l)){z+=${keySize + 1};if(l.length===0)c.emptyList(${S});else{${seen}}for(let i=0;i<l.length;i++){const v=l[i];z++;${primitiveSource(site, k, S, 'i')}}}else{${seen}z=NaN;c.notList(l,${S});const v=l;${primitiveSource(site, k, S, '-1')}}`
      : `${seen && `if(typeof l!=='object'){${seen}}`}{const v=l;z+=${keySize};${primitiveSource(site, k, S, '-1')}}`;
    const sibling = `case ${js(`_${key}`)}:z=NaN;${node.min > 0 || node.choice ? seen : ''}c.sibling(l,o,${S});break;`;
    return [{ source: `case ${js(key)}:${body}break;`, rare: isRare(node) }, { source: sibling, rare: true }];
  }
  const value = objectSource(linker, site, k, S);
  const one = `if(isObj(e)){${value}}else{z=NaN;c.notObject(e,${S});}`;
  const enter = `N[d]=${js(label)};c.depth=d+1;`;
  const body = node.list
    ? `if(Array.isArray(l)){z+=${keySize + 1};if(l.length===0)c.emptyList(${S});else{${seen}}${enter}for(let i=0;i<l.length;i++){const e=l[i];I[d]=i;z++;${one}}c.depth=d;}else{${seen}z=NaN;c.notList(l,${S});const e=l;${enter}I[d]=-1;${one}c.depth=d;}`
    : `${seen && `if(isObj(l)){${seen}}`}{const e=l;z+=${keySize};${enter}I[d]=-1;${one}c.depth=d;}`;
  return [{ source: `case ${js(key)}:${body}break;`, rare: isRare(node) }];
};

/**
 * The source of a function `(o, c)` over one JSON object of a type or backbone element; it gives the object's written
 * size (written-size.ts). In it: `d` the path's depth, `N` and `I` its names and indices, `u` whether the text is free of escapes.
 */
export const baseSource = (linker: Linker, node: ElementNode, typeName: string, source: string, k: Constants): string => {
  const { catalog } = linker;
  const isResource = catalog.isResource(typeName) && !node.path.includes('.');
  const holder = node.path.includes('.') ? node.path : typeName;
  let bits = 0;
  const cases: Case[] = [];
  const checks: string[] = [];
  const variables = (): string => Array.from({ length: Math.max(1, Math.ceil(bits / 30)) }, (_, i) => `s${i}=0`).join(',');
  for (const child of node.children) {
    if (child.max === 0) continue;
    let seen = '';
    if (child.choice || child.min > 0) {
      const [variable, bit] = [`s${Math.floor(bits / 30)}`, 1 << (bits % 30)];
      bits++;
      const name = k.add({ node: child, source, holder });
      if (child.choice) seen = `if(${variable}&${bit})c.twoChoices(k,o,K[${name}]);${variable}|=${bit};`;
      else seen = `${variable}|=${bit};`;
      if (child.min > 0) checks.push(`if(!(${variable}&${bit}))c.missing(K[${name}]);`);
    }
    if (child.name === 'id' && node.path.split('.').length + 1 === child.path.split('.').length && !isResource) {
      cases.push({ source: `case "id":n--;z+=6+(typeof l==='string'?l.length+2:NaN);c.elementId(l);break;`, rare: true });
      continue;
    }
    if (child.name === 'id' && isResource) {
      const site = k.add({ node: child, key: 'id', label: 'id', type: { code: 'id' }, holder, source });
      cases.push({ source: 'case "id":if(Qid(l))z+=l.length+8;else{z=NaN;c.resourceId(l);}break;', rare: false }, { source: `case "_id":z=NaN;c.sibling(l,o,K[${site}]);break;`, rare: true });
      continue;
    }
    const types = child.types.length > 0 ? child.types : [{ code: 'Element' }];
    for (const type of child.choice ? types : types.slice(0, 1)) {
      if (child.name === 'extension' || child.name === 'modifierExtension') {
        cases.push({ source: `case ${js(child.name)}:${seen}z+=${child.name.length + 4}+c.extensions(l,${js(child.name === 'modifierExtension')},${js(holder)},o);break;`, rare: isRare(child) });
      } else if (child.path === 'Extension.url') {
        const site = k.add({ node: child, key: 'url', label: 'url', type: { code: 'uri' }, holder, source });
        cases.push({ source: `case "url":if(typeof l!=='object'){${seen}}z+=7;if(Quri(l,u))z+=l.length+2;else z+=c.primitive(l,K[${site}],-1,o);break;`, rare: false });
      }
      else cases.push(...elementCases(linker, holder, source, child, type, k, seen));
    }
  }
  const invariants = ownConstraints(catalog, node.path.includes('.') ? { ...node, types: [{ code: 'BackboneElement' }] } : node)
    .filter((constraint) => !checkedElsewhere.has(constraint.key))
    .map((constraint) => {
      const guard = guardOf(constraint.expression, node, 'o');
      return `${guard ? `if${guard}` : ''}c.invariant(o,K[${k.add({ constraint, node, type: holder, source })}]);`;
    });
  const unknown = k.add({ node, holder, names: node.children.flatMap((c) => (c.choice ? c.types.map((t) => c.name + upper(t.code)) : [c.name])) });
  return `(o,c)=>{const d=c.depth,N=c.names,I=c.indices,u=c.unescaped;let n=0,z=1,${variables()};for(const k in o){const l=o[k];n++;switch(k){${isResource ? 'case "resourceType":n--;z+=18+l.length;break;' : ''}`
    + `${[...cases.filter(({ rare }) => !rare), ...cases.filter(({ rare }) => rare)].map((one) => one.source).join('')}default:z=NaN;c.unknown(k,l,K[${unknown}]);}}if(n===0)c.noContent(${isResource});${checks.join('')}${invariants.join('')}return z;}`;
};

export const isCore = (url: string): boolean => url.startsWith(core);
