import { RE2JS } from 're2js';
import type { FhirDefinition } from '../profile/definitions.ts';
import type { CodeSystem, Concept } from './code-system.ts';
import { knownSystem } from './known-systems.ts';
import { laterCode } from './later-codes.ts';

type Filter = { readonly property: string; readonly op: string; readonly value: string };
type Include = {
  readonly system?: string; readonly version?: string; readonly valueSet?: readonly string[]; readonly filter?: readonly Filter[];
  readonly concept?: readonly { readonly code: string; readonly display?: string }[];
};
type Contains = { readonly system?: string; readonly code?: string; readonly abstract?: boolean; readonly contains?: readonly Contains[] };

/** Whether a code is in: `undefined` where what is loaded cannot tell. */
export type Membership = boolean | undefined;

export type ValueSet = {
  readonly url: string;
  readonly version: string | undefined;
  readonly title: string;
  /** `system` undefined: a bare code, in if any system of the set has it. */
  has(system: string | undefined, code: string): Membership;
  /** All codes as `system|code`, or undefined where they cannot be listed. */
  list(): readonly { readonly system: string; readonly code: string }[] | undefined;
  /** Systems that the set draws on. */
  readonly systems: readonly string[];
};

export type Lookup = { codeSystem(url: string): CodeSystem | undefined; valueSet(url: string): ValueSet | undefined };

const and = (a: Membership, b: Membership): Membership => (a === false || b === false ? false : a === undefined || b === undefined ? undefined : true);
const or = (a: Membership, b: Membership): Membership => (a === true || b === true ? true : a === undefined || b === undefined ? undefined : false);

/** Package-supplied patterns run in linear time, over the whole value. */
const patterns = new Map<string, RE2JS | null>();
const matches = (pattern: string, value: string): Membership => {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    try { compiled = RE2JS.compile(pattern); } catch { compiled = null; }
    patterns.set(pattern, compiled);
  }
  return compiled?.matches(value) ?? undefined;
};

const values = (concept: Concept, property: string): readonly string[] =>
  property === 'code' ? [concept.code] : property === 'display' ? (concept.display === undefined ? [] : [concept.display])
    : property === 'parent' ? [...concept.parents]
      : concept.properties.filter((p) => p.code === property).map((p) => String(p.value));

/** http://hl7.org/fhir/R4/valueset-filter-operator.html */
const passes = (filter: Filter, system: CodeSystem, concept: Concept, lookup: Lookup): Membership => {
  const { op, value } = filter;
  switch (op) {
    case 'is-a': return system.subsumes(value, concept.code);
    case 'descendent-of': return concept.code !== value && system.subsumes(value, concept.code);
    case 'is-not-a': return !system.subsumes(value, concept.code);
    case 'generalizes': return system.subsumes(concept.code, value);
    case '=': return values(concept, filter.property).includes(value);
    case 'in': return value.split(',').some((v) => values(concept, filter.property).includes(v.trim()));
    case 'not-in': return !value.split(',').some((v) => values(concept, filter.property).includes(v.trim()));
    case 'exists': return (values(concept, filter.property).length > 0) === (value === 'true');
    case 'regex': {
      let any: Membership = false;
      for (const v of values(concept, filter.property)) any = or(any, matches(value, v));
      return any;
    }
    case 'child-of': return concept.parents.has(value);
    default: return lookup.valueSet(value) ? undefined : undefined;
  }
};

const includeHas = (include: Include, lookup: Lookup, system: string | undefined, code: string): Membership => {
  let result: Membership = true;
  for (const url of include.valueSet ?? []) result = and(result, lookup.valueSet(url)?.has(system, code));
  if (!include.system) return include.valueSet?.length ? result : false;
  if (system !== undefined && system !== include.system) return false;
  if (include.concept) {
    if (include.concept.some((c) => c.code === code)) return result;
    const insensitive = lookup.codeSystem(include.system)?.caseSensitive === false;
    return insensitive && include.concept.some((c) => c.code.toLowerCase() === code.toLowerCase()) ? result : false;
  }
  const loaded = lookup.codeSystem(include.system);
  if (!loaded || loaded.content === 'not-present') {
    if (include.filter?.length) return undefined;
    return and(result, knownSystem(include.system, code));
  }
  const concept = loaded.find(code);
  if (!concept) return loaded.content !== 'complete' ? undefined : !include.filter?.length && laterCode(include.system, code) !== undefined ? result : false;
  for (const filter of include.filter ?? []) result = and(result, passes(filter, loaded, concept, lookup));
  return result;
};

const includeList = (include: Include, lookup: Lookup): { system: string; code: string }[] | undefined => {
  let all: { system: string; code: string }[] | undefined;
  if (include.system) {
    const { system } = include;
    if (include.concept) all = include.concept.map((c) => ({ system, code: c.code }));
    else {
      const loaded = lookup.codeSystem(system);
      if (loaded?.content !== 'complete') return undefined;
      all = [];
      for (const concept of loaded.concepts.values()) {
        let passed: Membership = true;
        for (const filter of include.filter ?? []) passed = and(passed, passes(filter, loaded, concept, lookup));
        if (passed === undefined) return undefined;
        if (passed) all.push({ system, code: concept.code });
      }
    }
  }
  for (const url of include.valueSet ?? []) {
    const other = lookup.valueSet(url)?.list();
    if (!other) return undefined;
    const keys: ReadonlySet<string> = new Set(other.map((c) => `${c.system}|${c.code}`));
    all = all ? all.filter((c) => keys.has(`${c.system}|${c.code}`)) : [...other];
  }
  return all ?? [];
};

const flatten = (contains: readonly Contains[], out: { system: string; code: string }[] = []): { system: string; code: string }[] => {
  for (const c of contains) {
    if (c.code !== undefined && c.abstract !== true) out.push({ system: c.system ?? '', code: c.code });
    if (c.contains) flatten(c.contains, out);
  }
  return out;
};

/** A ValueSet resource as a membership test: http://hl7.org/fhir/R4/valueset.html#compositions. An expansion alone is a list. */
export const valueSetOf = (definition: FhirDefinition, lookup: Lookup): ValueSet => {
  const compose = definition['compose'] as { include?: readonly Include[]; exclude?: readonly Include[] } | undefined;
  const expansion = definition['expansion'] as { contains?: readonly Contains[] } | undefined;
  const listed = expansion?.contains && !compose?.include ? flatten(expansion.contains) : undefined;
  const keys = listed && new Set(listed.flatMap((c) => [`${c.system}|${c.code}`, `|${c.code}`]));
  const [include, exclude] = [compose?.include ?? [], compose?.exclude ?? []];
  let asked = false; // a value set that includes itself adds nothing
  const has = (system: string | undefined, code: string): Membership => {
    if (keys) return keys.has(`${system ?? ''}|${code}`);
    if (include.length === 0) return undefined;
    if (asked) return false;
    asked = true;
    try {
      let result: Membership = false;
      for (const part of include) { result = or(result, includeHas(part, lookup, system, code)); if (result === true) break; }
      if (result !== false) for (const part of exclude) {
        const out = includeHas(part, lookup, system, code);
        result = and(result, out === undefined ? undefined : !out);
      }
      return result;
    } finally { asked = false; }
  };
  const list = (): readonly { system: string; code: string }[] | undefined => {
    if (listed) return listed;
    if (include.length === 0 || asked) return undefined;
    asked = true;
    try {
      const all = new Map<string, { system: string; code: string }>();
      for (const part of include) {
        const codes = includeList(part, lookup);
        if (!codes) return undefined;
        for (const c of codes) all.set(`${c.system}|${c.code}`, c);
      }
      for (const part of exclude) {
        const codes = includeList(part, lookup);
        if (!codes) return undefined;
        for (const c of codes) all.delete(`${c.system}|${c.code}`);
      }
      return [...all.values()];
    } finally { asked = false; }
  };
  const systems = [...new Set([...include.flatMap((i) => (i.system ? [i.system] : [])), ...(listed ?? []).map((c) => c.system)])];
  return { url: String(definition.url), version: definition.version, title: String(definition['title'] ?? definition['name'] ?? definition.url), has, list, systems };
};
