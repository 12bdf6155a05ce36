import { clinicalLines, isFields, type Json } from './clinical-lines.ts';

export type Match = 'agrees' | 'differs' | 'one-sided';
export type MatchRow = { readonly label: string; readonly one: readonly string[]; readonly other: readonly string[]; readonly match: Match };

/** What two records of patients are compared by: https://hl7.org/fhir/R4/patient-operation-match.html names the same elements. */
const rows: readonly (readonly [string, readonly string[]])[] = [
  ['Name', ['name']], ['Birth date', ['birthDate']], ['Sex', ['gender']], ['Identifiers', ['identifier']], ['Address', ['address']], ['Phone and mail', ['telecom']],
  ['Died', ['deceasedBoolean', 'deceasedDateTime']], ['Twin or triplet', ['multipleBirthBoolean', 'multipleBirthInteger']], ['Mother’s and others’ names', ['contact']], ['Merged with', ['link']],
];

/** Where two records of patients agree and where they do not. What neither says is left out. */
export function matchMatrix(one: unknown, other: unknown): MatchRow[] {
  return rows.flatMap(([label, names]) => {
    const [a, b] = [said(one, names), said(other, names)];
    return a.length === 0 && b.length === 0 ? [] : [{ label, one: a, other: b, match: matchOf(a, b) }];
  });
}

const said = (resource: unknown, names: readonly string[]): string[] =>
  isFields(resource as Json) ? names.flatMap((name) => clinicalLines({ resourceType: 'Patient', [name]: (resource as Record<string, Json>)[name] ?? null }).map(({ text }) => text)) : [];

function matchOf(one: readonly string[], other: readonly string[]): Match {
  if (one.length === 0 || other.length === 0) return 'one-sided';
  const plain = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');
  const known = new Set(one.map(plain));
  return other.some((text) => known.has(plain(text))) ? 'agrees' : 'differs';
}
