import unspecified from '../../../fhir-profiles/knowledge/unspecified-codes.json' with { type: 'json' };
import { wordsOf } from './concepts.ts';
import { statusAt } from './mentions.ts';
import type { Sentence } from './note-text.ts';

type Phrase = { readonly words: readonly string[]; readonly code: string; readonly beside: ReadonlySet<string> | undefined };

const byFirst = new Map<string, Phrase[]>();
for (const row of unspecified.rows) {
  const beside = row.beside === undefined ? undefined : new Set(row.beside);
  for (const name of row.specific) {
    const words = wordsOf(name);
    const first = words[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, code: row.code, beside }]);
  }
}
const stated: ReadonlySet<string> = new Set(['affirmed', 'historical', 'resolved']);

/** The unspecified codes of the table of which a note says more; not where its sentence denies or only suspects that. */
export function saidMoreIn(sentences: readonly Sentence[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { words, section } of sentences) {
    for (let at = 0; at < words.length; at++) {
      for (const phrase of byFirst.get(words[at] ?? '') ?? []) {
        if (found.has(phrase.code) || !phrase.words.every((word, index) => words[at + index] === word)) continue;
        if (phrase.beside !== undefined && !words.some((word) => phrase.beside?.has(word))) continue;
        if (stated.has(statusAt(words, at, at + phrase.words.length, section))) found.add(phrase.code);
      }
    }
  }
  return found;
}
