import { populationRule } from '../population-rule.ts';
import { wrong } from '../say.ts';
import { certain, matchScore, review, type Demographics } from '../templates/match-score.ts';

/** One record of the two, reduced to what is compared. `linkedTo`: logical ids that its Patient.link names. */
export type Side = { readonly version: string; readonly id: string; readonly demographics: Demographics; readonly active: boolean; readonly linkedTo: readonly string[] };
/**
 * Two records that a block put side by side. `decidedDifferent`: a person said so, and the demographics have not
 * changed since. `acrossSources`: two sources show one registry's people. `group`: free of PHI, the same for all pairs that hang together: three records are one case.
 */
export type PairCandidate = { readonly one: Side; readonly other: Side; readonly decidedDifferent: boolean; readonly acrossSources?: boolean; readonly group: string };

const linked = (one: Side, other: Side): boolean => one.linkedTo.includes(other.id);

/** One record, seen by two sources: of one id, or of one record number. */
const sameRecord = (one: Side, other: Side): boolean =>
  one.id === other.id || one.demographics.identifiers.some((number) => number.startsWith('MR|') && other.demographics.identifiers.includes(number));

/** Whether the two are a pair at all, and how alike. */
export function pairScore({ one, other, decidedDifferent, acrossSources = false }: Omit<PairCandidate, 'group'>): { readonly score: number; readonly agree: readonly string[] } | undefined {
  if (decidedDifferent || !one.active || !other.active) return undefined;
  // A link names a record of its own source.
  if (acrossSources ? sameRecord(one, other) : linked(one, other) || linked(other, one)) return undefined;
  const compared = matchScore(one.demographics, other.demographics);
  return compared.score < review || !compared.personal ? undefined : compared;
}

export const identityDuplicatePair = populationRule<PairCandidate>({
  id: 'identity-duplicate-pair', version: 6, category: 'uniqueness plausibility', owner: 'identity', kind: 'judge',
  title: 'Two records that may be one person', why: 'Half of the history, of the allergies and of the drugs stands in a chart that nobody opens.',
  sources: ['Fellegi and Sunter, JASA 1969;64:1183', 'Winkler 1990 (string comparators)', 'JeMPI and OpenCR'],
  parameters: { schema: { type: 'object', properties: { review: { type: 'number' }, certain: { type: 'number' } }, required: ['review', 'certain'] }, defaults: { review, certain } },
  reads: { Patient: ['name', 'birthDate', 'gender', 'address', 'telecom', 'identifier', 'link', 'active'] },
  judge(candidate) {
    const compared = pairScore(candidate);
    if (compared === undefined) return [];
    const { one, other, group } = candidate;
    const { score, agree } = compared;
    const says = score >= certain ? 'Another record agrees with this one in nearly everything that identifies a person; the identity team must decide.'
      : 'Another record may be the same person; the identity team must decide whether they are one, two, or cannot be told apart.';
    // A pair rule names both. The EHR merges, we follow.
    return ([[one, other], [other, one]] as const).map(([here, there]) => wrong('Patient', says, { version: here.version, cause: `group ${group}`,
      evidence: agree.map((field) => ({ version: there.version, expression: `Patient.${elements[field] ?? field}`, role: 'for' as const })) }));
  },
});
const elements: Readonly<Record<string, string>> = { family: 'name.family', given: 'name.given', sex: 'gender', postalCode: 'address.postalCode', phone: 'telecom' };
