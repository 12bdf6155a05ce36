import type { Member } from '../../api/shapes/exceptions.ts';

/** A version with the places in it that are meant. */
export type Statement = { readonly version: string; readonly type: string; readonly id: string; readonly ordinal: number; readonly expressions: readonly string[] };
/** What a finding is about, and what it is held against. */
export type Comparison = { readonly focus: Statement; readonly others: readonly Statement[] };

/** The case's records, each with the statements that the findings of it name. */
export function comparisons(members: readonly Member[]): Comparison[] {
  return [...Map.groupBy(members, ({ version }) => version).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const places = same.flatMap((member) => [
      ...member.expression === null ? [] : [{ version: member.version, expression: member.expression, of: member }],
      ...member.evidence.map(({ version, expression, of }) => ({ version: of === undefined ? member.version : version ?? member.version, expression, of: of ?? member }))]);
    const statement = (of: Statement | Member | NonNullable<(typeof places)[number]['of']>, version: string): Statement => ({
      version, type: of.type, id: of.id, ordinal: of.ordinal,
      expressions: [...new Set(places.flatMap((place) => place.version === version ? place.expression : []))] });
    const others = [...Map.groupBy(places.filter(({ version }) => version !== first.version), ({ version }) => version)];
    return [{ focus: statement(first, first.version), others: others.flatMap(([version, [place]]) => place === undefined ? [] : statement(place.of, version)) }];
  });
}

export type Kind = 'one' | 'patients' | 'versions' | 'statements';

/** How the two are best put side by side. */
export function kindOf({ focus, others: [other, ...more] }: Comparison): Kind {
  if (other === undefined) return 'one';
  if (more.length > 0 || other.type !== focus.type) return 'statements';
  if (other.id === focus.id) return 'versions';
  return focus.type === 'Patient' ? 'patients' : 'statements';
}

const claims: ReadonlySet<string> = new Set(['Claim', 'ExplanationOfBenefit']);
const notes: ReadonlySet<string> = new Set(['DocumentReference', 'Composition', 'ClinicalImpression']);

/** What stands against what, in the field's words. */
export function against(comparison: Comparison): string {
  const kind = kindOf(comparison);
  const types = [comparison.focus, ...comparison.others].map(({ type }) => type);
  if (kind === 'versions') return 'Version against version';
  if (kind === 'patients') return 'Two patients';
  if (kind === 'one') return '';
  if (types.some((type) => claims.has(type))) return 'Claim against chart';
  if (!types.some((type) => notes.has(type)) || types.every((type) => notes.has(type))) return 'What is said, and what is held against it';
  return types.includes('Patient') ? 'Note against registration' : 'Note against codes';
}
