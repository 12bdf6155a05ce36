import type { PatientRule, Resource } from '../../terms/rule.ts';
import { allRules } from './all-rules.ts';
import { aiMarks } from './reading/ai-marks.ts';
import { contentDigest } from './reading/content-digest.ts';

/** Elements that a view's fields carry though no resource has them: computed once from the whole resource. */
const computed: Readonly<Record<string, (resource: Resource) => unknown>> = {
  /** Digest of all but id, meta and narrative. */
  $content: contentDigest,
  /** What marks content as AI-asserted, with paths. */
  $ai: aiMarks,
};

const patientRules = allRules.filter((rule): rule is PatientRule => rule.scope === 'patient');

/** Union of the patient rules' reads: what storage must project, by type; `*` for every type besides. */
export const projection: Readonly<Record<string, readonly string[]>> = unionOf(patientRules);

export function unionOf(rules: readonly Pick<PatientRule, 'reads'>[]): Record<string, readonly string[]> {
  const union = new Map<string, Set<string>>();
  for (const { reads } of rules) {
    for (const [type, elements] of Object.entries(reads)) {
      const known = union.get(type) ?? new Set<string>();
      for (const element of elements) known.add(element);
      union.set(type, known);
    }
  }
  return Object.fromEntries([...union].map(([type, elements]) => [type, [...elements].sort()]));
}

const compiled = new WeakMap<object, Map<string, readonly string[]>>();

/** A resource reduced to what the rules read of its type. */
export function project(resource: Resource, of: Readonly<Record<string, readonly string[]>> = projection): Record<string, unknown> {
  let byType = compiled.get(of);
  if (byType === undefined) compiled.set(of, byType = new Map());
  let names = byType.get(resource.resourceType);
  if (names === undefined) {
    const own = of[resource.resourceType];
    names = [...new Set([...(own ?? []), ...(of['*'] ?? [])])];
    // A type nobody names is not remembered: what a source invents must not grow the map.
    if (own !== undefined) byType.set(resource.resourceType, names);
  }
  const fields: Record<string, unknown> = {};
  for (const name of names) {
    const value = name.startsWith('$') ? computedOf(name, resource) : resource[name];
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

// A structure that FHIR does not have has neither digest nor marks; the profile findings say what is wrong with it.
function computedOf(name: string, resource: Resource): unknown {
  try {
    return computed[name]?.(resource);
  } catch {
    return undefined;
  }
}
