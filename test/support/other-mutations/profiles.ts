import { pick, type Json } from './mutate.ts';

/** An ElementDefinition of a snapshot. */
type Element = { readonly path: string; readonly min: number; readonly max: string; readonly type?: readonly { readonly code: string }[]; readonly binding?: { readonly strength: string } };
type Random = () => number;
/** What one profile asks, its elements by id. */
type Differential = Map<string, Json>;
/** The base type's elements, a resource of it, and what it has at a path. */
type Ground = { readonly type: string; readonly url: string; readonly elements: readonly Element[]; readonly example: Json; readonly untouched: (element: Element) => boolean };
type Made = { readonly paths: readonly string[]; readonly others?: readonly Json[] };
type Ask = (ground: Ground, add: (id: string, path: string, more: Json) => void, random: Random) => Made | undefined;

const upper = (code: string): string => code[0]!.toUpperCase() + code.slice(1);
const codeOf = ({ type }: Element): string => (type?.length === 1 ? type[0]!.code : '');
const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** The values at a definition's path, lists opened. */
export const valuesAt = (resource: Json, path: string): unknown[] => path.split('.').slice(1).reduce<unknown[]>((values, step) => values.flatMap((value) => {
  if (typeof value !== 'object' || value === null) return [];
  const found = step.endsWith('[x]') ? Object.entries(value).filter(([key]) => new RegExp(`^${step.slice(0, -3)}[A-Z]`).test(key)).map(([, v]) => v as unknown) : [(value as Json)[step]];
  return found.flat().filter((v) => v !== undefined);
}), [resource]);

const base = 'http://a.example/fhir';
const present = ({ elements, example, untouched }: Ground, is: (element: Element) => boolean, random: Random): Element | undefined =>
  pick(random, elements.filter((e) => untouched(e) && is(e) && valuesAt(example, e.path).length > 0));
const repeats = (e: Element): boolean => e.max === '*';

/** By what a list of these types can be sliced, and the type of that. */
const discriminators: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  Identifier: [['system', 'Uri'], ['use', 'Code']], ContactPoint: [['system', 'Code'], ['use', 'Code']], Coding: [['system', 'Uri'], ['code', 'Code']], HumanName: [['use', 'Code']], Address: [['use', 'Code']],
};
const existing: Readonly<Record<string, string>> = { Identifier: 'type', ContactPoint: 'use', HumanName: 'prefix', Address: 'line', Coding: 'display' };
const expressions = ['identifier.count() < 2', 'meta.profile.exists()', 'code.coding.all(display.exists())', 'text.exists()', "status = 'final'", "status in ('active' | 'finished' | 'final' | 'completed')", "subject.reference.contains('Patient')", 'contained.empty()'];

/**
 * Kinds of constraint. Left out is where the engine, as it stands in ../shared, departs from the specification: fixed and least or greatest
 * dates (compared as local texts, or not), closed slices by type, and the order of slices that are open at the end.
 */
export const asks: Readonly<Record<string, Ask>> = {
  required: ({ elements, untouched }, add, random) => {
    const e = pick(random, elements.filter((x) => untouched(x) && x.min === 0 && !x.path.includes('[x]') && x.path.split('.').length === 2));
    if (e) add(e.path, e.path, { min: 1 });
    return e && { paths: [e.path] };
  },
  'twice at least': (ground, add, random) => { const e = present(ground, repeats, random); if (e) add(e.path, e.path, { min: 2 }); return e && { paths: [e.path] }; },
  'not allowed': (ground, add, random) => { const e = present(ground, (x) => x.min === 0 && !x.path.includes('[x]'), random); if (e) add(e.path, e.path, { max: '0' }); return e && { paths: [e.path] }; },
  'once at most': (ground, add, random) => { const e = present(ground, repeats, random); if (e) add(e.path, e.path, { max: '1' }); return e && { paths: [e.path] }; },
  'a fixed primitive': (ground, add, random) => {
    const e = present(ground, (x) => ['code', 'uri', 'string', 'boolean', 'decimal'].includes(codeOf(x)), random);
    if (e) add(e.path, e.path, { [pick(random, ['fixed', 'pattern'])! + upper(codeOf(e))]: valuesAt(ground.example, e.path)[0] });
    return e && { paths: [e.path] };
  },
  'a fixed value or pattern': (ground, add, random) => {
    const e = present(ground, (x) => ['CodeableConcept', 'Coding', 'Identifier', 'Reference', 'Quantity'].includes(codeOf(x)), random);
    if (e) add(e.path, e.path, { [(random() < 0.8 ? 'pattern' : 'fixed') + upper(codeOf(e))]: structuredClone(valuesAt(ground.example, e.path)[0]) });
    return e && { paths: [e.path] };
  },
  'one type of a choice': (ground, add, random) => { const e = present(ground, (x) => x.path.endsWith('[x]'), random); if (e) add(e.path, e.path, { type: [pick(random, e.type!)] }); return e && { paths: [e.path] }; },
  'a value set': (ground, add, random) => {
    const e = present(ground, (x) => ['CodeableConcept', 'Coding'].includes(codeOf(x)) && x.binding?.strength !== 'required', random);
    const value = e && valuesAt(ground.example, e.path)[0] as Json;
    const coding = value && ((value['coding'] as Json[] | undefined)?.[0] ?? value);
    if (!e || typeof coding?.['system'] !== 'string') return undefined;
    const url = `${ground.url.replace('StructureDefinition', 'ValueSet')}-${e.path}`;
    add(e.path, e.path, { binding: { strength: pick(random, ['required', 'extensible']), valueSet: url } });
    return { paths: [e.path], others: [{ resourceType: 'ValueSet', id: url.slice(url.lastIndexOf('/') + 1), url, name: 'Codes', status: 'active', compose: { include: [{ system: coding['system'], concept: [{ code: coding['code'] }, { code: 'other' }] }] } }] };
  },
  'slices by value': (ground, add, random) => {
    const e = present(ground, (x) => repeats(x) && codeOf(x) in discriminators, random);
    const value = e && valuesAt(ground.example, e.path)[0] as Json;
    const by = e && pick(random, discriminators[codeOf(e)]!.filter(([name]) => value![name] !== undefined));
    if (!e || !by) return undefined;
    add(e.path, e.path, { slicing: { discriminator: [{ type: 'value', path: by[0] }], rules: pick(random, ['open', 'closed']) } });
    add(`${e.path}:one`, e.path, { sliceName: 'one', min: random() < 0.5 ? 1 : 0, max: pick(random, ['1', '*']) });
    add(`${e.path}:one.${by[0]}`, `${e.path}.${by[0]}`, { min: 1, [pick(random, ['fixed', 'pattern'])! + by[1]]: value![by[0]] });
    return { paths: [e.path] };
  },
  'slices by pattern': (ground, add, random) => {
    const e = present(ground, (x) => repeats(x) && codeOf(x) === 'CodeableConcept', random);
    const coding = e && ((valuesAt(ground.example, e.path)[0] as Json)['coding'] as Json[] | undefined)?.[0];
    if (!e || !coding) return undefined;
    add(e.path, e.path, { slicing: { discriminator: [{ type: 'pattern', path: '$this' }], rules: pick(random, ['open', 'closed']) } });
    add(`${e.path}:one`, e.path, { sliceName: 'one', min: 1, max: '1', patternCodeableConcept: { coding: [{ system: coding['system'], code: coding['code'] }] } });
    return { paths: [e.path] };
  },
  'slices by type': (ground, add, random) => {
    const e = present(ground, (x) => x.path.endsWith('[x]') && x.path.split('.').length === 2, random);
    if (!e) return undefined;
    const { code } = pick(random, e.type!)!;
    const sliceName = last(e.path).slice(0, -3) + upper(code);
    add(e.path, e.path, { slicing: { discriminator: [{ type: 'type', path: '$this' }], rules: 'open' } });
    add(`${e.path}:${sliceName}`, e.path, { sliceName, min: random() < 0.5 ? 1 : 0, max: '1', type: [{ code }] });
    return { paths: [e.path] };
  },
  'slices by presence': (ground, add, random) => {
    const e = present(ground, (x) => repeats(x) && codeOf(x) in existing, random);
    if (!e) return undefined;
    const name = existing[codeOf(e)]!;
    add(e.path, e.path, { slicing: { discriminator: [{ type: 'exists', path: name }], rules: 'open' } });
    add(`${e.path}:with`, e.path, { sliceName: 'with', min: random() < 0.5 ? 1 : 0, max: pick(random, ['1', '*']) });
    add(`${e.path}:with.${name}`, `${e.path}.${name}`, { min: 1 });
    add(`${e.path}:without`, e.path, { sliceName: 'without', min: 0, max: '1' });
    add(`${e.path}:without.${name}`, `${e.path}.${name}`, { max: '0' });
    return { paths: [e.path] };
  },
  'slices of a backbone': (ground, add, random) => {
    const e = present(ground, (x) => repeats(x) && codeOf(x) === 'BackboneElement', random);
    const by = e && present(ground, (x) => x.path.startsWith(`${e.path}.`) && x.path.split('.').length === e.path.split('.').length + 1 && ['code', 'positiveInt', 'CodeableConcept'].includes(codeOf(x)), random);
    if (!e || !by) return undefined;
    const value = valuesAt(ground.example, by.path)[0] as Json;
    const concept = codeOf(by) === 'CodeableConcept';
    const coding = concept ? (value['coding'] as Json[] | undefined)?.[0] : undefined;
    if (concept && !coding) return undefined;
    add(e.path, e.path, { slicing: { discriminator: [{ type: concept ? 'pattern' : 'value', path: last(by.path) }], rules: pick(random, ['open', 'closed']) } });
    add(`${e.path}:one`, e.path, { sliceName: 'one', min: random() < 0.6 ? 1 : 0, max: pick(random, ['1', '*']) });
    add(`${e.path}:one.${last(by.path)}`, by.path, { min: 1, [`pattern${upper(codeOf(by))}`]: coding ? { coding: [{ system: coding['system'], code: coding['code'] }] } : value });
    return { paths: [e.path] };
  },
  'an invariant': ({ type, url }, add, random) => {
    add(type, type, { constraint: [{ key: 'x-1', severity: pick(random, ['error', 'error', 'warning']), human: 'what was asked', expression: pick(random, expressions), source: url }] });
    return { paths: [] };
  },
  'a greatest length': (ground, add, random) => { const e = present(ground, (x) => codeOf(x) === 'string', random); if (e) add(e.path, e.path, { maxLength: 8 }); return e && { paths: [e.path] }; },
  'an extension': ({ type, url }, add, random) => {
    const other = `${url}-extension`;
    add(`${type}.extension`, `${type}.extension`, { slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open', ordered: false } });
    add(`${type}.extension:own`, `${type}.extension`, { sliceName: 'own', min: random() < 0.5 ? 1 : 0, max: '1', type: [{ code: 'Extension', profile: [other] }] });
    return { paths: [`${type}.extension`], others: [{ resourceType: 'StructureDefinition', id: other.slice(other.lastIndexOf('/') + 1), url: other, name: 'Own', status: 'active', fhirVersion: '4.0.1', kind: 'complex-type', abstract: false, context: [{ type: 'element', expression: type }], type: 'Extension',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension', derivation: 'constraint', differential: { element: [{ id: 'Extension', path: 'Extension' }, { id: 'Extension.extension', path: 'Extension.extension', max: '0' },
        { id: 'Extension.url', path: 'Extension.url', fixedUri: other }, { id: 'Extension.value[x]', path: 'Extension.value[x]', min: 1, type: [{ code: 'string' }] }] } }] };
  },
};

/** Elements in the order of the base, what is in a slice right after it: as a differential must have them. */
const inOrder = (elements: readonly Json[], placeOf: (path: string) => number): Json[] => {
  const keyOf = ({ id, path }: Json): readonly (readonly [number, string])[] => {
    const steps = (path as string).split('.');
    return (id as string).split('.').map((step, i) => [placeOf(steps.slice(0, i + 1).join('.')), step.split(':')[1] ?? '']);
  };
  const compare = (a: readonly (readonly [number, string])[], b: readonly (readonly [number, string])[]): number => {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      if (a[i]![0] !== b[i]![0]) return a[i]![0] - b[i]![0];
      if (a[i]![1] !== b[i]![1]) return a[i]![1] < b[i]![1] ? -1 : 1;
    }
    return a.length - b.length;
  };
  return [...elements].sort((a, b) => compare(keyOf(a), keyOf(b)));
};

export type RandomProfile = { readonly url: string; readonly asks: readonly string[]; /** What it constrains. */ readonly paths: readonly string[]; readonly definitions: readonly Json[] };

/** A profile of one to three constraints, most of them on what the example has. @param elementsOf the snapshot of a type */
export const randomProfile = (n: number, example: Json, elementsOf: (type: string) => readonly Element[], random: Random): RandomProfile | undefined => {
  const type = String(example['resourceType']);
  const url = `${base}/StructureDefinition/p${n}`;
  const elements = elementsOf(type).filter((e) => e.path.includes('.') && !/\.(id|extension|modifierExtension|text|contained|implicitRules|language|meta)$/.test(e.path));
  const differential: Differential = new Map([[type, { id: type, path: type }]]);
  const [names, paths, others]: [string[], string[], Json[]] = [[], [], []];
  const untouched = ({ path }: Element): boolean => paths.every((p) => p !== path && !p.startsWith(`${path}.`) && !path.startsWith(`${p}.`));
  for (let i = 1 + Math.floor(random() * 3); i > 0; i--) {
    const name = pick(random, Object.keys(asks))!;
    if (names.includes(name)) continue;
    const made = asks[name]!({ type, url, elements, example, untouched }, (id, path, more) => { differential.set(id, { ...differential.get(id) ?? { id, path }, ...more }); }, random);
    if (!made) continue;
    names.push(name); paths.push(...made.paths); others.push(...made.others ?? []);
  }
  if (names.length === 0) return undefined;
  const places = new Map(elementsOf(type).map((e, i) => [e.path, i]));
  const placeOf = (path: string): number => {
    const own = places.get(path);
    if (own !== undefined) return own;
    const holder = elementsOf(type).find((e) => e.path === path.slice(0, path.lastIndexOf('.')));
    return elementsOf(holder?.type?.[0]?.code ?? 'Element').findIndex((e) => last(e.path) === last(path));
  };
  const profile = { resourceType: 'StructureDefinition', id: `p${n}`, url, name: `P${n}`, status: 'active', fhirVersion: '4.0.1', kind: 'resource', abstract: false, type,
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`, derivation: 'constraint', differential: { element: inOrder([...differential.values()], placeOf) } };
  return { url, asks: names, paths, definitions: [profile, ...others] };
};

/** Changes what a profile constrains: gone, twice, or another value in it. */
export const disturb = (resource: Json, { paths, url }: RandomProfile, random: Random): void => {
  for (const path of paths) {
    if (last(path) === 'extension') {
      const own = { url: `${url}-extension`, ...pick(random, [{ valueString: 'x' }, { valueString: 'x' }, { valueBoolean: true }, {}]) };
      if (random() < 0.7) resource['extension'] = [...(resource['extension'] as unknown[] | undefined) ?? [], ...random() < 0.2 ? [own, own] : [own]];
      continue;
    }
    if (random() < 0.4) continue;
    const name = last(path);
    const holder = pick(random, valuesAt(resource, path.slice(0, path.lastIndexOf('.'))).filter((v): v is Json => typeof v === 'object' && v !== null && name in v));
    if (!holder) continue;
    const value = holder[name];
    if (random() < 0.4) { delete holder[name]; continue; }
    if (!Array.isArray(value)) continue;
    if (random() < 0.5) { value.push(structuredClone(value[0])); continue; }
    const first: unknown = value[0];
    if (typeof first !== 'object' || first === null) continue;
    const key = pick(random, Object.keys(first))!;
    if (typeof (first as Json)[key] === 'string') (first as Json)[key] = key === 'use' ? 'old' : key === 'system' ? 'http://changed' : 'changed';
    else delete (first as Json)[key];
  }
};
