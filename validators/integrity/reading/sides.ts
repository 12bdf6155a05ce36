import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/laterality-codes.json' with { type: 'json' };
import { bareIcd, systemOf } from './coded.ts';
import { wordsOf } from './concepts.ts';

export type Side = 'left' | 'right' | 'bilateral';
type Row = { readonly system: string; readonly prefix: string; readonly side?: string; readonly position?: number; readonly right?: readonly string[]; readonly left?: readonly string[]; readonly both?: readonly string[] };

const rows = new Map((table.rows as readonly Row[]).map((row) => [`${row.system} ${row.prefix}`, row]));
const longest = Math.max(...table.rows.map((row) => row.prefix.length));

function sideOfCode({ system: uri, code }: Coding): Side | undefined {
  if (code === undefined) return undefined;
  const system = systemOf(uri);
  if (system !== 'icd10cm' && system !== 'icd10pcs') return (rows.get(`${system} ${code}`) ?? rows.get(`modifier ${code}`))?.side as Side | undefined;
  const bare = bareIcd(code);
  for (let length = Math.min(bare.length, longest); length > 2; length--) {
    const row = rows.get(`${system} ${bare.slice(0, length)}`);
    if (row !== undefined) return row.side === undefined ? at(row, bare[row.position ?? 0] ?? '') : row.side as Side;
  }
  return undefined;
}

const at = ({ right, left, both }: Row, character: string): Side | undefined =>
  (right?.includes(character) === true ? 'right' : left?.includes(character) === true ? 'left' : both?.includes(character) === true ? 'bilateral' : undefined);

const sided = /left|right|bilateral|both|\b[lr]t\b/i;

/** The side a text names; both where it names both. */
export function sideIn(text: string | undefined): Side | undefined {
  // Most texts name none: this is asked of every display.
  if (text === undefined || !sided.test(text)) return undefined;
  const words = new Set(wordsOf(text));
  const [left, right] = [words.has('left') || words.has('lt'), words.has('right') || words.has('rt')];
  if (words.has('bilateral') || words.has('both') || (left && right)) return 'bilateral';
  return left ? 'left' : right ? 'right' : undefined;
}

/** The sides a concept states: by its codes, its displays and its text, with the place of each in it. */
export function sidesOf(concept: CodeableConcept | undefined): readonly { readonly side: Side; readonly path: string }[] {
  const found: { side: Side; path: string }[] = [];
  const add = (side: Side | undefined, path: string): void => { if (side !== undefined) found.push({ side, path }); };
  concept?.coding?.forEach((coding, index) => {
    add(sideOfCode(coding), `coding[${index}].code`);
    add(sideIn(coding.display), `coding[${index}].display`);
  });
  add(sideIn(concept?.text), 'text');
  return found;
}

/** The first side that a concept states. */
export const sideOf = (concept: CodeableConcept | undefined): Side | undefined => sidesOf(concept)[0]?.side;

/** Both sides include each. */
export const opposed = (one: Side | undefined, other: Side | undefined): boolean => (one === 'left' && other === 'right') || (one === 'right' && other === 'left');
