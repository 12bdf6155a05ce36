import type { CodeableConcept } from '@medplum/fhirtypes';
import { bareIcd, systemOf } from './coded.ts';
import { wordsOf } from './concepts.ts';

export type Side = 'left' | 'right' | 'bilateral';

// SNOMED CT: Left, Right, Right and left (qualifier values). CPT modifiers LT, RT, 50.
const codes: Readonly<Record<string, Side>> = { 7771000: 'left', 24028007: 'right', 51440002: 'bilateral', LT: 'left', RT: 'right' };

// Where ICD-10-CM says the side, by prefix without the dot: the position counted from 0; 1 is right, 2 is left, 3 both.
const icdPositions: readonly (readonly [prefix: string, position: number])[] = [
  ['M161', 4], ['M163', 4], ['M165', 4], ['M167', 4], ['M171', 4], ['M173', 4], ['M175', 4], ['H251', 4], ['S72', 5], ['S52', 5], ['S82', 5], ['S42', 5], ['C50', 5], ['C341', 4], ['C343', 4], ['I824', 5]];
// M16.1x and M17.1x and their like end in 0 unspecified, 1 right, 2 left.
const icdDigits: Readonly<Record<string, Side>> = { 1: 'right', 2: 'left', 3: 'bilateral' };

function icdSide(code: string): Side | undefined {
  const bare = bareIcd(code);
  const row = icdPositions.find(([prefix]) => bare.startsWith(prefix));
  return row === undefined ? undefined : icdDigits[bare[row[1]] ?? ''];
}

function sideIn(text: string | undefined): Side | undefined {
  const words = new Set(wordsOf(text ?? ''));
  const [left, right] = [words.has('left'), words.has('right')];
  if (words.has('bilateral') || words.has('both') || (left && right)) return 'bilateral';
  return left ? 'left' : right ? 'right' : undefined;
}

/** The side a concept states by its code, its display or its text. */
export function sideOf(concept: CodeableConcept | undefined): Side | undefined {
  for (const coding of concept?.coding ?? []) {
    const side = codes[coding.code ?? ''] ?? (systemOf(coding.system) === 'icd10cm' ? icdSide(coding.code ?? '') : undefined) ?? sideIn(coding.display);
    if (side !== undefined) return side;
  }
  return sideIn(concept?.text);
}

/** Both sides include each. */
export const opposed = (one: Side | undefined, other: Side | undefined): boolean => (one === 'left' && other === 'right') || (one === 'right' && other === 'left');
