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

const asKey = (words: ReadonlySet<string>): string => [...words].sort().join(' ');
const known = new Map(measures.rows.map((row) => [row.code, { words: plainWords(row.name), answers: new Map<string, Naming>() }]));
const names = new Set(Array.from(known.values(), ({ words }) => asKey(words)));

/** `names`: the display is a name of the code that is at hand, or a part of one. `near`: it shares words with one and is no name of another code. */
export type Naming = 'names' | 'near' | 'none';

/** How a display goes with the name of a LOINC code; undefined where none is at hand. */
export function namingOf(code: string, display: string): Naming | undefined {
  const own = known.get(code);
  if (own === undefined) return undefined;
  let naming = own.answers.get(display);
  if (naming === undefined) {
    naming = compare(own.words, plainWords(display));
    // A code has a few displays; a record's own texts must not grow the map.
    if (own.answers.size < 50) own.answers.set(display, naming);
  }
  return naming;
}

function compare(name: ReadonlySet<string>, words: ReadonlySet<string>): Naming {
  // A shorter name drops words of the full one and adds none.
  if (words.size > 0 && words.isSubsetOf(name)) return 'names';
  const namesAnother = names.has(asKey(words));
  return !namesAnother && !words.isDisjointFrom(name) ? 'near' : 'none';
}
