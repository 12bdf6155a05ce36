import unspecified from '../../../fhir-profiles/knowledge/unspecified-codes.json' with { type: 'json' };
import { wordsOf } from './concepts.ts';
import type { Sentence } from './note-text.ts';

const byFirst = new Map<string, string[][]>();
for (const row of unspecified.rows) {
  for (const name of row.specific) {
    const words = wordsOf(name);
    const first = words[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), words]);
  }
}
const withdrawing = new Set(['no', 'not', 'denies', 'without', 'possible', 'probable', 'suspected', 'unlikely', 'r/o', 'mother', 'father', 'brother', 'sister']);

/** The phrases of the table that a note states, each as plain words; not those that its sentence denies or only suspects. */
export function phrasesIn(sentences: readonly Sentence[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { words, section } of sentences) {
    if (section === 'family') continue;
    for (let at = 0; at < words.length; at++) {
      const phrases = byFirst.get(words[at] ?? '');
      if (phrases === undefined) continue;
      for (const phrase of phrases) {
        if (!phrase.every((word, index) => words[at + index] === word)) continue;
        if (!words.slice(Math.max(0, at - 6), at).some((word) => withdrawing.has(word))) found.add(phrase.join(' '));
      }
    }
  }
  return found;
}
