import type { Note } from './note-text.ts';

/** Words of a window. */
const width = 10;
// One window in so many is kept, chosen by its hash so that two notes choose alike; of a long note those with the least hashes.
const oneIn = 8;
const most = 128;

/** 64-bit hashes of a note's windows of words, as decimal text: what notes of different patients are compared by. */
export function windowHashes(note: Note): readonly string[] {
  const words = note.sentences.flatMap((sentence) => sentence.words);
  const found = new Set<bigint>();
  for (let at = 0; at + width <= words.length; at++) {
    const text = words.slice(at, at + width).join(' ');
    const high = hashOf(text, 0x811c9dc5);
    if (high % oneIn === 0) found.add(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(hashOf(text, 0x5bd1e995))));
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1)).slice(0, most).map(String);
}

/** FNV-1a with a last mix, unsigned. */
function hashOf(text: string, seed: number): number {
  let h = seed;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 0;
}
