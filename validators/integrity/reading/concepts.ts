import type { CodeableConcept } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/clinical-concepts.json' with { type: 'json' };
import { bareIcd, systemOf } from './coded.ts';

/** A result that speaks for a diagnosis once it has been reached. */
export type Indicator = { readonly loinc: string; readonly op: '>' | '>=' | '<' | '<='; readonly value: number; readonly unit: string };
export type Concept = {
  readonly id: string;
  readonly kind: 'diagnosis' | 'procedure' | 'drug';
  readonly names: readonly string[];
  readonly indicators: readonly Indicator[];
  readonly drugs: readonly string[];
  readonly chronic: boolean;
  /** ICD-10-CM prefixes without dots that report it too: within another disease, or as another kind of it. */
  readonly reportedAs: readonly string[];
};

type Row = { id: string; kind: string; names: string[]; icd10cm?: string[]; icd10pcs?: string[]; cpt?: string[]; snomed?: string[]; indicators?: Indicator[]; drugs?: string[]; chronic?: boolean; reportedAs?: string[] };
const rows = table.rows as readonly Row[];

export const concepts: ReadonlyMap<string, Concept> = new Map(rows.map((row) => [row.id, {
  id: row.id, kind: row.kind as Concept['kind'], names: row.names, indicators: row.indicators ?? [], drugs: row.drugs ?? [], chronic: row.chronic ?? false, reportedAs: (row.reportedAs ?? []).map(bareIcd) }]));

const byCode = new Map<string, string>();
for (const row of rows) {
  for (const prefix of row.icd10cm ?? []) byCode.set(`icd10cm ${bareIcd(prefix)}`, row.id);
  for (const prefix of row.icd10pcs ?? []) byCode.set(`icd10pcs ${prefix}`, row.id);
  for (const code of row.cpt ?? []) byCode.set(`cpt ${code}`, row.id);
  for (const code of row.snomed ?? []) byCode.set(`snomed ${code}`, row.id);
}

/** The concept a code stands for, by its longest known prefix. */
export function conceptOf(uri: string | undefined, code: string | undefined): Concept | undefined {
  const system = systemOf(uri);
  if (system === undefined || code === undefined) return undefined;
  const bare = bareIcd(code);
  if (system !== 'icd10cm' && system !== 'icd10pcs') return concepts.get(byCode.get(`${system} ${bare}`) ?? '');
  for (let length = bare.length; length > 2; length--) {
    const id = byCode.get(`${system} ${bare.slice(0, length)}`);
    if (id !== undefined) return concepts.get(id);
  }
  return undefined;
}

export function conceptIn(concept: CodeableConcept | undefined): Concept | undefined {
  for (const coding of concept?.coding ?? []) {
    const found = conceptOf(coding.system, coding.code);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names by their first word, longest first: how mentions are found in a text. */
export const namesByFirstWord: ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly concept: Concept }[]> = (() => {
  const found = new Map<string, { words: readonly string[]; concept: Concept }[]>();
  for (const concept of concepts.values()) {
    for (const name of concept.names) {
      const words = wordsOf(name);
      const first = words[0] ?? '';
      found.set(first, [...(found.get(first) ?? []), { words, concept }].sort((a, b) => b.words.length - a.words.length));
    }
  }
  return found;
})();

const named = new Map<string, readonly string[]>();
/** Ids of the concepts that a code's text and displays name. */
export function conceptsNamed(concept: CodeableConcept | undefined): readonly string[] {
  const text = [concept?.text, ...(concept?.coding ?? []).map((coding) => coding.display)].join('. ');
  let found = named.get(text);
  if (found === undefined) {
    const words = wordsOf(text);
    found = [...new Set(words.flatMap((word, at) => (namesByFirstWord.get(word) ?? []).filter((one) => one.words.every((wanted, index) => words[at + index] === wanted)).map((one) => one.concept.id)))];
    // Displays are few; a record's own texts must not grow the map.
    if (named.size < 5_000) named.set(text, found);
  }
  return found;
}

/** Lower-case words; hyphens and slashes part them, decimal points do not. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z]+\/[a-z]+|[a-z0-9]+(?:\.\d+)?/g) ?? [];
}
