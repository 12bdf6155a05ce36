import table from '../../../fhir-profiles/knowledge/note-measures.json' with { type: 'json' };
import { concepts } from './concepts.ts';
import type { Section, Sentence } from './note-text.ts';

/** A number that a note gives for a measurement, and the LOINC codes that could have given it. */
type NoteNumber = { readonly codes: readonly string[]; readonly value: number };
/** A dose that a note gives for a drug, in the unit it names. */
type NoteDose = { readonly drug: string; readonly value: number; readonly unit: string; readonly section: Section };

/** Codes whose results a note's numbers are compared with. */
export const measuredInNotes: ReadonlySet<string> = new Set(table.rows.flatMap((row) => row.codes));

const byFirst = Map.groupBy(table.rows, (row) => row.words[0] ?? '');
const between = new Set(['is', 'was', 'of', 'at', 'level', 'today', 'down', 'up', 'to', 'now', 'on', 'admission', 'peaked', 'improved', 'count']);
const number = /^\d+(?:\.\d+)?$/;

/** Numbers beside the names of measurements; a goal is none. */
export function numbersIn(sentences: readonly Sentence[]): readonly NoteNumber[] {
  const found: NoteNumber[] = [];
  for (const { words } of sentences) {
    for (let at = 0; at < words.length; at++) {
      const rows = byFirst.get(words[at] ?? '');
      if (rows === undefined) continue;
      for (const row of rows) {
        if (!row.words.every((word, index) => words[at + index] === word) || words.includes('goal') || words.includes('target')) continue;
        let next = at + row.words.length;
        while (between.has(words[next] ?? '') && next < at + 6) next++;
        if (number.test(words[next] ?? '')) found.push({ codes: row.codes, value: Number(words[next]) });
      }
    }
  }
  return found;
}

const drugs = new Set([...concepts.values()].filter((concept) => concept.kind === 'drug').map((concept) => concept.id));
const units = new Set(['mg', 'mcg', 'g', 'units', 'unit', 'ml', 'meq']);

/** Doses right behind a drug's name. */
export function dosesIn(sentences: readonly Sentence[]): readonly NoteDose[] {
  const found: NoteDose[] = [];
  for (const { words, section } of sentences) {
    for (let at = 0; at < words.length; at++) {
      const drug = words[at] ?? '';
      if (!drugs.has(drug)) continue;
      // `850mg` is one word.
      const together = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(words[at + 1] ?? '');
      const [value, unit] = together === null ? [words[at + 1] ?? '', words[at + 2] ?? ''] : [together[1] ?? '', together[2] ?? ''];
      if (number.test(value) && units.has(unit)) found.push({ drug, value: Number(value), unit, section });
    }
  }
  return found;
}
