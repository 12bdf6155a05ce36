import { toCanonicalForm } from '@atomic-ehr/ucum';
import { Decimal } from './decimal.ts';

/** A unit in UCUM's base units: `canonical` turns a value in it into one in them, `dimension` names what may be compared. */
export type CanonicalUnit = { readonly dimension: string; readonly factor: number; readonly canonical: (value: Decimal) => Decimal };

// The library takes these scales for plain factors: http://unitsofmeasure.org/ucum#para-21
const scales: Readonly<Record<string, { factor: number; offset: number }>> = {
  Cel: { factor: 1, offset: 273.15 },
  '[degF]': { factor: 5 / 9, offset: 459.67 },
  '[degRe]': { factor: 1.25, offset: 218.52 },
};
const cache = new Map<string, CanonicalUnit | undefined>();
const cacheSize = 2_000; // hostile input must not grow it

const make = (code: string): CanonicalUnit | undefined => {
  const scale = scales[code];
  if (scale) return { dimension: '[["Θ",1]]', factor: scale.factor, canonical: (value) => Decimal.of((value.toNumber() + scale.offset) * scale.factor) };
  try {
    // An annotation changes nothing, and the library refuses some of them ({1.73_m2}).
    const form = toCanonicalForm(code.replaceAll(/\{[^{}]*\}/g, '{x}'));
    const special = form.specialFunction ? ` ${form.specialFunction.name}` : '';
    const factor = Decimal.of(Number(form.magnitude.toPrecision(15)));
    return {
      dimension: JSON.stringify(Object.entries(form.dimension).filter(([, power]) => power !== 0).sort()) + special + arbitrary(code),
      factor: form.magnitude,
      canonical: (value) => value.times(factor),
    };
  } catch {
    return undefined; // not UCUM
  }
};

/** Arbitrary units ([IU], [arb'U] …) compare with nothing but themselves. */
const arbitrary = (code: string): string => (code.match(/\[(?:iU|IU|arb'U|USP'U|GPL'U|MPL'U|APL'U|beth'U|anti'Xa'U|todd'U|dye'U|smgy'U|bdsk'U|ka'U|knk'U|mclg'U|tb'U|CCID_50|TCID_50|EID_50|PFU|FFU|CFU|IR|BAU|AU|Amb'a'1'U|PNU|Lf|D'ag'U|FEU|ELU|EU)\]/gi) ?? []).sort().join('').toLowerCase();

export const canonicalUnit = (code: string): CanonicalUnit | undefined => {
  if (cache.has(code)) return cache.get(code);
  const unit = code.length > 200 ? undefined : make(code);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(code, unit);
  return unit;
};
