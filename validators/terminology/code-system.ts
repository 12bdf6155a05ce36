import type { FhirDefinition } from '../profile/definitions.ts';
import { designationsOf, type Designation } from './designations.ts';

type Raw = { readonly code: string; readonly display?: string; readonly definition?: string; readonly concept?: readonly Raw[];
  readonly designation?: readonly { readonly value: string; readonly language?: string }[];
  readonly property?: readonly { readonly code: string; readonly [value: string]: unknown }[] };

export type Concept = {
  readonly code: string;
  readonly display: string | undefined;
  /** Display and designations. */
  readonly designations: readonly Designation[];
  readonly parents: Set<string>;
  readonly properties: readonly { readonly code: string; readonly value: unknown }[];
};

export type CodeSystem = {
  readonly url: string;
  readonly version: string | undefined;
  readonly status: string | undefined;
  readonly experimental: boolean;
  /** Only where it says so: else codes are accepted in any case, http://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.caseSensitive */
  readonly caseSensitive: boolean;
  /** `complete`, `fragment`, `example`, `not-present`, `supplement`. */
  readonly content: string;
  readonly valueSet: string | undefined;
  readonly concepts: ReadonlyMap<string, Concept>;
  /** By lower-case code, where the system is not case sensitive. */
  find(code: string): Concept | undefined;
  /** Is `code` the same as or below `ancestor`? */
  subsumes(ancestor: string, code: string): boolean;
};

const valueOf = (property: Record<string, unknown>): unknown => {
  for (const key of Object.keys(property)) {
    if (key.startsWith('value')) {
      const value = property[key];
      return typeof value === 'object' && value !== null ? (value as { code?: unknown }).code : value;
    }
  }
  return undefined;
};

/** A CodeSystem resource as a table; the hierarchy comes from nesting and from `parent`, `child`, `subsumedBy`. */
export const codeSystemOf = (definition: FhirDefinition, supplements: readonly FhirDefinition[] = []): CodeSystem => {
  const concepts = new Map<string, Concept>();
  const caseSensitive = definition['caseSensitive'] === true;
  const children: [string, string][] = [];
  const walk = (raws: readonly Raw[], parent: string | undefined): void => {
    for (const raw of raws) {
      const designations = designationsOf(raw, definition['language']);
      const properties = (raw.property ?? []).map((p) => ({ code: p.code, value: valueOf(p) }));
      const concept: Concept = { code: raw.code, display: raw.display, designations, parents: new Set(parent === undefined ? [] : [parent]), properties };
      for (const p of properties) {
        if ((p.code === 'parent' || p.code === 'subsumedBy') && typeof p.value === 'string') concept.parents.add(p.value);
        if (p.code === 'child' && typeof p.value === 'string') children.push([p.value, raw.code]);
      }
      concepts.set(raw.code, concept);
      if (raw.concept) walk(raw.concept, raw.code);
    }
  };
  walk((definition['concept'] as readonly Raw[] | undefined) ?? [], undefined);
  for (const [child, parent] of children) concepts.get(child)?.parents.add(parent);
  for (const supplement of supplements) {
    const add = (raws: readonly Raw[]): void => raws.forEach((raw) => {
      const known = concepts.get(raw.code);
      if (known) concepts.set(raw.code, { ...known, designations: [...known.designations, ...designationsOf(raw, supplement['language'])] });
      if (raw.concept) add(raw.concept);
    });
    add((supplement['concept'] as readonly Raw[] | undefined) ?? []);
  }
  const lower = caseSensitive ? undefined : new Map([...concepts].map(([code, concept]) => [code.toLowerCase(), concept]));
  return {
    url: String(definition.url), version: definition.version, content: definition['supplements'] !== undefined ? 'supplement' : String(definition['content'] ?? 'complete'),
    status: definition['status'] as string | undefined, experimental: definition['experimental'] === true, caseSensitive, concepts,
    valueSet: definition['valueSet'] as string | undefined,
    find: (code) => concepts.get(code) ?? lower?.get(code.toLowerCase()),
    subsumes(ancestor, code) {
      const seen = new Set<string>();
      const open = [code];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        if (at === ancestor) return true;
        if (seen.has(at)) continue;
        seen.add(at);
        for (const parent of concepts.get(at)?.parents ?? []) open.push(parent);
      }
      return false;
    },
  };
};
