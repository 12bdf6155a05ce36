import measures from '../../../fhir-profiles/knowledge/loinc-measures.json' with { type: 'json' };
import synonyms from '../../../fhir-profiles/knowledge/loinc-synonyms.json' with { type: 'json' };

const meaning = new Map(synonyms.rows.map((row) => [row.word, row.means]));
// Words that carry no difference between names.
const idle = new Set(['in', 'of', 'or', 'by', 'and', 'the', 'to', 'with', 'per', 'a', 'for', 'serum', 'plasma', 'blood', 'reported', 'score', 'volume', 'moles']);

/** A name as a set of plain words, everyday names replaced by the full ones. */
export function plainWords(name: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const word of name.toLowerCase().split(/[^a-z0-9]+/)) {
    for (const meant of meaning.get(word) ?? [word]) if (meant !== '' && !idle.has(meant)) words.add(meant);
  }
  return words;
}

const known = new Map(measures.rows.map((row) => [row.code, [plainWords(row.name)]]));

const codesNamed = new Map<string, Set<string>>();
const asKey = (words: ReadonlySet<string>): string => [...words].sort().join(' ');
for (const [code, [words]] of known) if (words !== undefined) codesNamed.set(asKey(words), (codesNamed.get(asKey(words)) ?? new Set()).add(code));
/** Whether the words are the name of another code, and of that only. */
export const namesAnother = (words: ReadonlySet<string>, code: string): boolean => { const codes = codesNamed.get(asKey(words)); return codes !== undefined && !codes.has(code); };

/** The names of a LOINC code that are at hand, as words. */
export const designationsOf = (code: string): readonly ReadonlySet<string>[] | undefined => known.get(code);
