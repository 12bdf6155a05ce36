import { ucum } from '@atomic-ehr/ucum';
import aliases from '../../../fhir-profiles/knowledge/unit-aliases.json' with { type: 'json' };

/** A unit as rules see it: what it can be compared with, and how to get there. */
export type Unit = {
  /** As UCUM spells it, without annotations. */
  readonly ucum: string;
  /** Whether what was written is UCUM itself, not a spelling that stands for it. */
  readonly written: boolean;
  /** Units of one family are commensurable: the dimension, and what UCUM leaves out of it (amount of substance, arbitrary units). */
  readonly family: string;
};

const aliasOf = new Map(aliases.rows.map((row) => [row.alias, row.ucum]));
const units = new Map<string, Unit | undefined>();
// A feed sends a few hundred units; junk must not grow the cache.
const atMost = 5_000;

/** @returns undefined when it is neither UCUM nor a known spelling */
export function unitOf(code: string): Unit | undefined {
  if (units.has(code)) return units.get(code);
  if (units.size >= atMost) units.clear();
  const unit = read(code);
  units.set(code, unit);
  return unit;
}

function read(code: string): Unit | undefined {
  const meant = aliasOf.get(code);
  // Annotations are free text without meaning: https://ucum.org/ucum#section-Syntax-Rules
  const bare = (meant ?? code).replace(/\{[^{}]*\}/g, '');
  const spelled = bare === '' ? '1' : bare.startsWith('/') ? bare : bare.replace(/\/$/, '');
  try {
    const info = ucum.info(spelled);
    const dimension = Object.entries(info.dimension).filter(([, power]) => power !== 0).sort().map(([base, power]) => `${base}${power}`).join(' ');
    return { ucum: spelled, written: meant === undefined, family: `${dimension}${kindOf(spelled)}` };
  } catch {
    return undefined;
  }
}

// Moles are a plain number to UCUM, arbitrary units are not interconvertible: both set a family apart.
function kindOf(unit: string): string {
  if (/(^|[./])([a-z]{0,2})(mol|eq|osm)(?![a-z])/.test(unit)) return ' amount';
  const arbitrary = /\[(?:iU|IU|arb'U|USP'U|anti'Xa'U)\]|\[p?H?P?[A-Z]*'?U\]/.exec(unit)?.[0];
  if (arbitrary !== undefined) return ` ${arbitrary.toUpperCase()}`;
  return unit.includes('[pH]') ? ' pH' : '';
}

const lines = new Map<string, { factor: number; offset: number }>();

/** The value in another unit of the family; both as `unitOf` gives them. */
export function convert(value: number, from: Unit, to: Unit): number | undefined {
  if (from.family !== to.family) return undefined;
  if (from.ucum === to.ucum) return value;
  const key = `${from.ucum}|${to.ucum}`;
  let line = lines.get(key);
  if (line === undefined) {
    try {
      // Every UCUM conversion between the units in use is a line (temperatures have an offset).
      const offset = ucum.convert(0, from.ucum, to.ucum);
      line = { factor: ucum.convert(1, from.ucum, to.ucum) - offset, offset };
    } catch {
      return undefined;
    }
    if (lines.size >= atMost) lines.clear();
    lines.set(key, line);
  }
  return value * line.factor + line.offset;
}
