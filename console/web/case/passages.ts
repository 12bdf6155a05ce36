/** A text in pieces, those marked that the other statement is about. */
export type Piece = { readonly text: string; readonly marked: boolean };

const LETTERS = 4;
/** Words that stand in most codes' displays and say nothing of one. */
const common: ReadonlySet<string> = new Set(['disorder', 'disease', 'finding', 'unspecified', 'other', 'with', 'without', 'acute', 'chronic', 'history', 'patient', 'status', 'final', 'active', 'procedure', 'observation']);

/** The words of a statement by which a note can be searched. */
export const wordsOf = (statements: readonly string[]): string[] =>
  [...new Set(statements.flatMap((one) => one.toLowerCase().match(/\p{L}{4,}/gu) ?? []))].filter((word) => word.length >= LETTERS && !common.has(word));

/** The note in pieces; each word of the other statement is marked where the note has it, in whatever ending. */
export function passages(text: string, words: readonly string[]): Piece[] {
  if (words.length === 0) return [{ text, marked: false }];
  const stems = words.map((word) => word.slice(0, Math.max(LETTERS, word.length - 2)).replace(/[^\p{L}]/gu, ''));
  const found = new RegExp(`(?<!\\p{L})(?:${stems.join('|')})\\p{L}*`, 'giu');
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index, 0: word } of text.matchAll(found)) {
    if (index > from) pieces.push({ text: text.slice(from, index), marked: false });
    pieces.push({ text: word, marked: true });
    from = index + word.length;
  }
  return from < text.length ? [...pieces, { text: text.slice(from), marked: false }] : pieces;
}
