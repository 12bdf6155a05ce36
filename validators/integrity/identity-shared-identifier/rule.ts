import { populationRule } from '../population-rule.ts';
import { wrong } from '../say.ts';
import { personUnique } from '../reading/person-identifiers.ts';

type Holder = { readonly version: string; readonly id: string; readonly active: boolean; readonly expression: string; readonly linkedTo: readonly string[] };
/** One identifier and who has it. `placeholder`: a number that is nobody's. */
export type SharedIdentifierCandidate = { readonly type: string; readonly placeholder: boolean; readonly holders: readonly Holder[] };

// A number that everybody has shows enough by a few.
const shown = 10;

export const identitySharedIdentifier = populationRule<SharedIdentifierCandidate>({
  id: 'identity-shared-identifier', version: 3, category: 'uniqueness plausibility', owner: 'identity', kind: 'judge',
  title: 'One person’s number on two records', why: 'They are one person twice, or one of them has a stranger’s number.',
  sources: ['AHIMA, Managing the Integrity of Patient Identity', 'http://terminology.hl7.org/CodeSystem/v2-0203 (MR, SS, DL, PPN; never member numbers)'],
  reads: { Patient: ['identifier', 'active', 'link'] },
  judge({ type, placeholder, holders }) {
    if (placeholder || !personUnique.has(type)) return [];
    const active = holders.filter((holder) => holder.active);
    const apart = active.filter((holder) => active.some((other) => other.id !== holder.id && !holder.linkedTo.includes(other.id) && !other.linkedTo.includes(holder.id)));
    return apart.map((holder) => wrong(holder.expression, 'Another active record has this identifier, which one person has alone; the identity team must decide.', {
      version: holder.version, code: 'duplicate', cause: `identifier of type ${type}`,
      evidence: apart.filter((other) => other.id !== holder.id).slice(0, shown).map((other) => ({ version: other.version, expression: other.expression, role: 'against' as const })) }));
  },
});
