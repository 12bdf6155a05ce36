import type { Resource } from '../../terms/rule.ts';
import { relative } from './identify.ts';

/**
 * The elements that put a resource in a patient's compartment, in order of preference:
 * http://hl7.org/fhir/R4/compartmentdefinition-patient.html. Elements that name further people
 * (performer, recipient, author) come after the subject.
 */
const elements = ['subject', 'patient', 'beneficiary', 'individual', 'for', 'participant', 'actor', 'target',
  'source', 'author', 'recipient', 'sender', 'entity', 'candidate'] as const;

/** Types that name patients without being about one. */
const outside = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Medication', 'Substance',
  'HealthcareService', 'Endpoint', 'ValueSet', 'CodeSystem', 'StructureDefinition', 'Questionnaire', 'Library']);

/** Logical id of the patient whose compartment the resource is in; '' where there is none. */
export function patientOf(resource: Resource, base: string | null): string {
  if (resource.resourceType === 'Patient') return resource.id ?? '';
  if (outside.has(resource.resourceType)) return '';
  for (const element of elements) {
    const patient = patientIn(resource[element], base);
    if (patient !== '') return patient;
  }
  return '';
}

/** The first Patient that a Reference, a list of them, or a list of { actor | who | reference } names. */
function patientIn(value: unknown, base: string | null): string {
  if (typeof value !== 'object' || value === null) return '';
  if (Array.isArray(value)) {
    for (const item of value) {
      const patient = patientIn(item, base);
      if (patient !== '') return patient;
    }
    return '';
  }
  const { reference, actor, who, what } = value as Record<string, unknown>;
  if (typeof reference === 'string') {
    const [, id] = /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(relative(reference, base)) ?? [];
    return id ?? '';
  }
  return patientIn(actor, base) || patientIn(who, base) || patientIn(what, base);
}
