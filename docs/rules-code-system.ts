import { allRules } from '../validators/integrity/all-rules.ts';
import { rulesSystem } from '../validators/profile/outcome.ts';

/** fhir-profiles/own/CodeSystem-rules.json: the integrity rules as codes. A fragment: profile checks are codes of this system too. */
export function rulesCodeSystem(): string {
  const concept = allRules.flatMap((rule) => [
    { code: rule.id, display: rule.title, definition: rule.why },
    ...Object.entries(rule.variants ?? {}).map(([name, says]) => ({ code: `${rule.id}/${name}`, display: says })),
  ]);
  return `${JSON.stringify({
    resourceType: 'CodeSystem', id: 'fhir-assay-rules', url: rulesSystem, name: 'FhirAssayRules', title: 'Rules of fhir-assay',
    status: 'active', experimental: false, description: 'What a finding is about: OperationOutcome.issue.details.coding. Checks of profiles are named profile-* and terminology-* and are not listed.',
    caseSensitive: true, content: 'fragment', count: concept.length, concept,
  }, null, 2)}\n`;
}
