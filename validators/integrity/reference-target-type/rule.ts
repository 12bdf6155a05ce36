import type { Reference } from '@medplum/fhirtypes';
import type { Resource, Said } from '../../../terms/rule.ts';
import { eachReference } from '../reading/reference-elements.ts';
import { isPlain, targetOf } from '../reading/references.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

function typeNamed(reference: Reference & { reference: string }, resource: Resource): string | undefined {
  if (isPlain(reference.reference)) return reference.reference.slice(0, reference.reference.indexOf('/'));
  const target = targetOf(reference.reference);
  if (target.kind === 'relative' || target.kind === 'conditional') return target.type;
  if (target.kind === 'contained') {
    return (resource['contained'] as readonly { id?: string; resourceType?: string }[] | undefined)?.find((one) => one.id === target.id)?.resourceType ?? reference.type;
  }
  // An absolute address of a FHIR server ends in Type/id.
  return reference.type ?? /\/([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]+)?$/.exec(reference.reference)?.[1];
}

export const referenceTargetType = resourceRule({
  id: 'reference-target-type', version: 1, category: 'relational conformance', owner: 'mapping',
  title: 'A reference to the wrong type', why: 'Software that follows the reference finds something it cannot use there.',
  sources: ['http://hl7.org/fhir/R4/references.html (allowed targets by element)'],
  reads: { '*': [] },
  check(resource) {
    const said: Said[] = [];
    eachReference(resource.resourceType, resource, (reference, { name, targets }, path) => {
      const type = targets.has('*') ? undefined : typeNamed(reference, resource);
      if (type === undefined || targets.has(type)) return;
      said.push(wrong(path(), 'This element may not refer to a resource of the type it names; correct the mapping.', { cause: name, code: 'invalid' }));
    });
    return said;
  },
});
