import type { Json } from './slim.ts';

type Element = { readonly path: string; binding?: { strength: string; valueSet?: string } };

/** Where extensions may stand too. */
const contexts: Readonly<Record<string, string>> = {
  'structuredefinition-fhir-type': 'ElementDefinition.type', regex: 'ElementDefinition.type', 'structuredefinition-normative-version': 'Element',
  'capabilitystatement-expectation': 'Element', 'capabilitystatement-prohibited': 'Element',
};

const vitalSigns = 'http://hl7.org/fhir/StructureDefinition/vitalsigns';

/**
 * R4 4.0.1 as HL7's own validator reads it (org.hl7.fhir.r5.utils.PackageHackerR5): the profiles of vital signs require
 * the common units of vital signs of every component's value, whatever it measures, and are taken to recommend them; and
 * extensions about definitions stand where R4 and implementation guides have them, which their own definitions do not all list.
 */
export const corrected = (resource: Json): Json => {
  const elsewhere = contexts[String(resource['url']).replace(/^http:\/\/hl7\.org\/fhir\/StructureDefinition\//, '')];
  if (elsewhere !== undefined) return { ...resource, context: [...(resource['context'] as readonly object[]), { type: 'element', expression: elsewhere }] };
  if (resource['resourceType'] !== 'StructureDefinition' || resource['type'] !== 'Observation') return resource;
  if (resource['url'] !== vitalSigns && resource['baseDefinition'] !== vitalSigns) return resource;
  for (const view of ['snapshot', 'differential']) {
    for (const element of (resource[view] as { element?: Element[] } | undefined)?.element ?? []) {
      if (element.path === 'Observation.component.value[x]' && element.binding?.valueSet?.startsWith('http://hl7.org/fhir/ValueSet/ucum-vitals-common')) element.binding.strength = 'extensible';
    }
  }
  return resource;
};
