import type { CodeableConcept } from '@medplum/fhirtypes';
import { hasCode } from '../reading/coded.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

// At resource scope, though the catalogue says history: a version that is withdrawn on its first arrival must be kept out too.
export const statusWithdrawn = resourceRule({
  id: 'status-withdrawn', version: 3, category: 'relational conformance', owner: 'documentation',
  title: 'Withdrawn by its author', why: 'Who wrote it says it was an error: it must not be used, and what was released of it must be taken back.',
  variants: { replaced: 'A correction or amendment, which replaces what was released before' },
  sources: ['http://hl7.org/fhir/R4/valueset-observation-status.html', 'http://hl7.org/fhir/R4/resource.html#isModifier'],
  reads: { '*': [] },
  check(resource) {
    const says = 'The author withdrew this as entered in error; nothing may be derived from it.';
    const type = resource.resourceType;
    const element = ['status', 'docStatus', 'lifecycleStatus'].find((name) => resource[name] === 'entered-in-error');
    if (element !== undefined) return [wrong(`${type}.${element}`, says)];
    if (hasCode(resource['verificationStatus'] as CodeableConcept | undefined, 'entered-in-error')) return [wrong(`${type}.verificationStatus`, says)];
    const status = resource['status'] ?? '';
    if (status !== 'corrected' && status !== 'amended' && resource['docStatus'] !== 'amended') return [];
    return [wrong(`${type}.${status === 'corrected' || status === 'amended' ? 'status' : 'docStatus'}`, 'This corrects or amends what was released before and takes its place.', { variant: 'replaced' })];
  },
});
