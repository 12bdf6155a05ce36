import type { Patient } from '@medplum/fhirtypes';
import { populationRule } from '../population-rule.ts';
import { wrong } from '../say.ts';
import { certain, demographicsOf, matchScore, review } from '../templates/match-score.ts';

type Side = { readonly version: string; readonly id: string; readonly patient: Partial<Patient> };
/** Two records that a block put side by side. `decidedDifferent`: a person said so, and the demographics have not changed since. */
export type PairCandidate = { readonly one: Side; readonly other: Side; readonly decidedDifferent: boolean };

const linked = (one: Side, other: Side): boolean => one.patient.link?.some((link) => link.other.reference === `Patient/${other.id}`) ?? false;

export const identityDuplicatePair = populationRule<PairCandidate>({
  id: 'identity-duplicate-pair', version: 1, category: 'uniqueness plausibility', owner: 'identity', kind: 'judge',
  title: 'Two records that may be one person', why: 'Half of the history, of the allergies and of the drugs stands in a chart that nobody opens.',
  sources: ['Fellegi and Sunter, JASA 1969;64:1183', 'Winkler 1990 (string comparators)', 'JeMPI and OpenCR'],
  parameters: { schema: { type: 'object', properties: { review: { type: 'number' }, certain: { type: 'number' } }, required: ['review', 'certain'] }, defaults: { review, certain } },
  reads: { Patient: ['name', 'birthDate', 'gender', 'address', 'telecom', 'identifier', 'link', 'active'] },
  judge({ one, other, decidedDifferent }) {
    if (decidedDifferent || one.patient.active === false || other.patient.active === false || linked(one, other) || linked(other, one)) return [];
    const { score, agree } = matchScore(demographicsOf(one.patient), demographicsOf(other.patient));
    if (score < review) return [];
    const says = score >= certain ? 'Another record agrees with this one in nearly everything that identifies a person; the identity team must decide.'
      : 'Another record may be the same person; the identity team must decide whether they are one, two, or cannot be told apart.';
    // A pair rule names both. The EHR merges, we follow.
    return ([[one, other], [other, one]] as const).map(([here, there]) => wrong('Patient', says, { version: here.version, cause: score >= certain ? 'nearly certain' : 'in review',
      evidence: agree.map((field) => ({ version: there.version, expression: `Patient.${elements[field] ?? field}`, role: 'for' as const })) }));
  },
});
const elements: Readonly<Record<string, string>> = { family: 'name.family', given: 'name.given', sex: 'gender', postalCode: 'address.postalCode', phone: 'telecom' };
