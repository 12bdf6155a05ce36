import type { Claim, Encounter, ExplanationOfBenefit } from '@medplum/fhirtypes';
import { bareIcd, codeIn } from '../reading/coded.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

type Line = { readonly key: string | undefined; readonly principal: boolean };

const keyOf = (concept: Parameters<typeof codeIn>[0], reference: string | undefined): string | undefined => {
  const code = codeIn(concept, 'icd10cm');
  return code === undefined ? reference : bareIcd(code);
};

function linesOf(resource: Claim | ExplanationOfBenefit | Encounter): readonly Line[] {
  if (resource.resourceType === 'Encounter') {
    return (resource.diagnosis ?? []).map((line) => ({ key: line.condition?.reference, principal: line.rank === 1 }));
  }
  return (resource.diagnosis ?? []).map((line) => ({
    key: keyOf(line.diagnosisCodeableConcept, line.diagnosisReference?.reference),
    principal: line.type?.some((type) => type.coding?.some((coding) => coding.code === 'principal')) ?? line.sequence === 1 }));
}

export const claimDuplicateSecondary = resourceRule<Claim | ExplanationOfBenefit | Encounter>({
  id: 'claim-duplicate-secondary', version: 1, category: 'uniqueness plausibility', owner: 'coding',
  title: 'A secondary diagnosis that repeats the principal', why: 'A payer’s editor refuses the claim, or counts a complication that is not there.',
  sources: ['CMS, Definitions of Medicare Code Edits (Duplicate of principal diagnosis)'],
  reads: { Claim: ['diagnosis'], ExplanationOfBenefit: ['diagnosis'], Encounter: ['diagnosis'] },
  check(resource) {
    const lines = linesOf(resource);
    const principal = lines.find((line) => line.principal)?.key;
    if (principal === undefined) return [];
    return lines.flatMap((line, index) => (line.key === principal && !line.principal
      ? [wrong(`${resource.resourceType}.diagnosis[${index}]`, 'This secondary diagnosis repeats the principal diagnosis; remove it or correct it.', { code: 'duplicate' })] : []));
  },
});
