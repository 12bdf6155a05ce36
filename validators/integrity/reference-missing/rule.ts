import type { Reference } from '@medplum/fhirtypes';
import required from '../../../fhir-profiles/knowledge/required-references.json' with { type: 'json' };
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

const elementOf = new Map(required.rows.map((row) => [row.type, row.element]));

// A reference by business identifier names its target too; a display alone names nobody.
const names = (reference: Reference | undefined): boolean => (reference?.reference ?? '') !== '' || reference?.identifier?.value !== undefined;

export const referenceMissing = resourceRule({
  id: 'reference-missing', version: 2, category: 'completeness', owner: 'mapping',
  title: 'A required reference is absent', why: 'A record that names no patient can be filed with nobody, and no other check can be made.',
  sources: ['http://hl7.org/fhir/R4/', 'http://hl7.org/fhir/us/core/STU6.1/'],
  reads: Object.fromEntries(required.rows.map((row) => [row.type, [row.element]])),
  check(resource) {
    const element = elementOf.get(resource.resourceType);
    if (element === undefined) return [];
    const value = resource[element] as Reference | readonly Reference[] | undefined;
    if (Array.isArray(value) ? value.some(names) : names(value as Reference | undefined)) return [];
    return [wrong(`${resource.resourceType}.${element}`, 'The reference that says whom or what this is about is absent; the mapping must fill it.', { code: 'required' })];
  },
});
