import type { CodeableConcept } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/expected-systems.json' with { type: 'json' };
import { hasCode, systemOf } from '../reading/coded.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

const rows = table.rows.map((row) => ({ ...row, expected: new Set<string | undefined>(row.systems) }));
const byType = Map.groupBy(rows, (row) => row.type);

export const completenessExpectedSystem = resourceRule({
  id: 'completeness-expected-system', version: 2, category: 'completeness', owner: 'mapping',
  title: 'No code from the expected system', why: 'A record that is coded only locally cannot be found, counted or compared elsewhere.',
  sources: ['HL7 PIQI Edition 1', 'http://hl7.org/fhir/us/core/STU6.1/'],
  reads: Object.fromEntries([...byType].map(([type, own]) => [type, [...own.map((row) => row.element), 'category']])),
  check(resource) {
    const row = byType.get(resource.resourceType)?.find((one) => one.where === undefined
      || ((resource['category'] ?? []) as readonly CodeableConcept[]).some((category) => hasCode(category, one.where ?? '')));
    const concept = row === undefined ? undefined : resource[row.element] as CodeableConcept | undefined;
    // An absent concept is another finding's; a reason for its absence is an answer.
    if (row === undefined || concept === undefined || concept.coding?.some((coding) => coding.system?.endsWith('data-absent-reason') === true)) return [];
    if (concept.coding?.some((coding) => coding.code !== undefined && row.expected.has(systemOf(coding.system))) === true) return [];
    return [wrong(`${resource.resourceType}.${row.element}`, 'This concept has no code from the system that is expected here; the mapping must add one.')];
  },
});
