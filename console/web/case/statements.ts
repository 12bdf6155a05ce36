import type { Member } from '../../api/shapes/exceptions.ts';

/** A version with the places in it that are meant. */
export type Statement = { readonly version: string; readonly type: string; readonly id: string; readonly ordinal: number; readonly expressions: readonly string[] };
/** What a finding is about, and what it is held against. */
export type Comparison = { readonly focus: Statement; readonly others: readonly Statement[] };

/** The case's records, each with the statements that the findings of it name; two that name each other are shown once. */
export function comparisons(members: readonly Member[]): Comparison[] {
  const seen = new Set<string>();
  return each(members).flatMap(inPairs).filter((comparison) => {
    const key = keyOf(comparison);
    return !seen.has(key) && seen.add(key);
  });
}

/** Names what stands side by side, whichever of it comes first. */
export const keyOf = ({ focus, others }: Comparison): string => [focus, ...others].map(({ version }) => version).sort().join(' ');

/** Of three records that may be one person, each two. */
const inPairs = ({ focus, others }: Comparison): Comparison[] =>
  focus.type === 'Patient' && others.length > 1 && others.every(({ type, id }) => type === 'Patient' && id !== focus.id) ? others.map((other) => ({ focus, others: [other] })) : [{ focus, others }];

function each(members: readonly Member[]): Comparison[] {
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

/** What is put side by side, by the names of its types. */
export function titleOf(comparison: Comparison, words: (type: string) => string): string {
  const [kind, type] = [kindOf(comparison), words(comparison.focus.type)];
  if (kind === 'patients') return 'Two records of patients';
  if (kind === 'versions') return `${type}, before and after`;
  return kind === 'one' ? type : `${type} held against ${[...new Set(comparison.others.map((other) => words(other.type).toLowerCase()))].join(', ')}`;
}

const claims: ReadonlySet<string> = new Set(['Claim', 'ExplanationOfBenefit']);
const notes: ReadonlySet<string> = new Set(['DocumentReference', 'Composition', 'ClinicalImpression']);

/** What stands against what, in the field's words. */
export function against(comparison: Comparison): string {
  const kind = kindOf(comparison);
  const types = [comparison.focus, ...comparison.others].map(({ type }) => type);
  if (kind === 'versions') return 'Version against version';
  if (kind === 'patients') return 'Where they agree, and where they do not';
  if (kind === 'one') return '';
  if (types.some((type) => claims.has(type))) return 'Claim against chart';
  if (!types.some((type) => notes.has(type)) || types.every((type) => notes.has(type))) return 'What is said, and what is held against it';
  return types.includes('Patient') ? 'Note against registration' : 'Note against codes';
}
