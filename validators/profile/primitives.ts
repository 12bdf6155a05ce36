import { isTime, temporal } from './temporal.ts';

/**
 * Quick tests of primitives, true where a value is certainly right. What fails one is looked at again, slowly, by
 * primitive-findings.ts, which says why. http://hl7.org/fhir/R4/datatypes.html
 */
/** `wary`: markup in it is worth a finding. */
const plainText = (v: unknown, wary: boolean): boolean => {
  if (typeof v !== 'string' || (wary && v.includes('<'))) return false;
  const n = v.length;
  return n > 0 && n <= 1_048_576 && v.charCodeAt(0) > 32 && v.charCodeAt(n - 1) > 32;
};

/** What looks like an opening tag of HTML, `<b>` or `<a href="…">`: HL7's engine asks the same (HTMLUtilities). Long texts up to 100,000 characters. */
export const hasHtmlTag = (v: string): boolean => v.includes('<') && /<\p{L}[\p{L}\p{Nd}_]*(\s[^<>]*)?>/u.test(v.slice(0, 100_000));

/** 1 for a character that an id may have. */
const idCharacters = new Uint8Array(65_536);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.') idCharacters[c.charCodeAt(0)] = 1;

/** Are the characters of `v` from `from` on 1 to 64 that an id may have? */
export const isIdFrom = (v: string, from: number): boolean => {
  const n = v.length;
  if (n <= from || n - from > 64) return false;
  for (let i = from; i < n; i++) if (idCharacters[v.charCodeAt(i)] === 0) return false;
  return true;
};

/** `unescaped`: the JSON text has no backslash, so that a blank is the only character up to U+0020 there can be. */
const noBlanks = (v: string, unescaped: boolean): boolean => {
  if (unescaped) return !v.includes(' ');
  for (let i = 0; i < v.length; i++) if (v.charCodeAt(i) <= 32) return false;
  return true;
};

/** Not of a scheme with a form of its own or one of FHIR's former shorthands (oid:, uuid:, urn:oid:, urn:uuid:), and no fragment. */
const plainScheme = (v: string): boolean => {
  const first = v.charCodeAt(0);
  return first !== 35 && ((first !== 117 && first !== 111)
    || (!v.startsWith('oid:') && !v.startsWith('uuid:') && !(v.startsWith('urn:') && (v.startsWith('urn:uuid:') || v.startsWith('urn:oid:')))));
};

/** A URI without blanks. */
const plainUri = (v: unknown, unescaped: boolean): boolean =>
  typeof v === 'string' && v.length > 0 && v.length <= 5000 && noBlanks(v, unescaped) && plainScheme(v);

const plainCode = (v: unknown, unescaped: boolean): boolean => typeof v === 'string' && v.length > 0 && noBlanks(v, unescaped);

/** From 1800 to 2099: what begins with 18, 19 or 20. */
const reasonable = (v: string): boolean => {
  const first = v.charCodeAt(0);
  return first === 49 ? v.charCodeAt(1) >= 56 : first === 50 && v.charCodeAt(1) === 48;
};

/** The second argument: see `plainText` for strings, `noBlanks` for others. */
export const quick: Readonly<Record<string, (v: unknown, flag: boolean) => boolean>> = {
  boolean: (v) => typeof v === 'boolean',
  integer: (v) => typeof v === 'number' && (v | 0) === v,
  unsignedInt: (v) => typeof v === 'number' && (v | 0) === v && v >= 0,
  positiveInt: (v) => typeof v === 'number' && (v | 0) === v && v > 0,
  decimal: (v) => typeof v === 'number' && Number.isFinite(v),
  string: plainText,
  markdown: (v) => plainText(v, false) && !(v as string).includes('<'),
  id: (v) => typeof v === 'string' && isIdFrom(v, 0),
  code: plainCode,
  uri: plainUri,
  url: (v, unescaped) => plainUri(v, unescaped) && (v as string).includes(':'),
  canonical: (v, unescaped) => plainUri(v, unescaped) && (v as string).includes(':'),
  oid: () => false,
  uuid: () => false,
  date: (v) => { if (typeof v !== 'string') return false; const t = temporal(v); return (t === 'day' || t === 'month' || t === 'year') && reasonable(v); },
  dateTime: (v) => { if (typeof v !== 'string') return false; const t = temporal(v); return t !== 'invalid' && t !== 'no-zone' && reasonable(v); },
  instant: (v) => typeof v === 'string' && temporal(v) === 'time-zone' && reasonable(v),
  time: (v) => typeof v === 'string' && isTime(v),
  base64Binary: (v) => typeof v === 'string' && v.length % 4 === 0 && v.length > 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(v),
  xhtml: () => false,
};
