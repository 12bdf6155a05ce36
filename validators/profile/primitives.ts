import { isTime, temporal } from './temporal.ts';

/**
 * Quick tests of primitives, true where a value is certainly right. What fails one is looked at again, slowly, by
 * primitive-findings.ts, which says why. http://hl7.org/fhir/R4/datatypes.html
 */
const plainText = (v: unknown): boolean => {
  if (typeof v !== 'string') return false;
  const n = v.length;
  if (n === 0 || n > 1_048_576) return false;
  if (v.charCodeAt(0) <= 32 || v.charCodeAt(n - 1) <= 32) return false;
  if (n > 256) return true; // control characters in long texts: JSON.parse refused raw ones, escaped ones are let pass
  for (let i = 0; i < n; i++) { const c = v.charCodeAt(i); if (c < 32 && c !== 9 && c !== 10 && c !== 13) return false; }
  return true;
};

const idText = (v: unknown): boolean => {
  if (typeof v !== 'string') return false;
  const n = v.length;
  if (n === 0 || n > 64) return false;
  for (let i = 0; i < n; i++) {
    const c = v.charCodeAt(i);
    if (!((c >= 97 && c <= 122) || (c >= 48 && c <= 57) || c === 45 || (c >= 65 && c <= 90) || c === 46)) return false;
  }
  return true;
};

/** An absolute URI without blanks, of a scheme that is not one of FHIR's former shorthands. */
const plainUri = (v: unknown): boolean => {
  if (typeof v !== 'string') return false;
  const n = v.length;
  if (n === 0 || n > 5000) return false;
  for (let i = 0; i < n; i++) if (v.charCodeAt(i) <= 32) return false;
  return !v.startsWith('oid:') && !v.startsWith('uuid:') && !(v.startsWith('urn:') && (v.startsWith('urn:uuid:') || v.startsWith('urn:oid:')));
};

const plainCode = (v: unknown): boolean => {
  if (typeof v !== 'string') return false;
  const n = v.length;
  if (n === 0) return false;
  for (let i = 0; i < n; i++) if (v.charCodeAt(i) <= 32) return false;
  return true;
};

const reasonable = (v: string): boolean => v >= '1800' && v < '2100';

export const quick: Readonly<Record<string, (v: unknown) => boolean>> = {
  boolean: (v) => typeof v === 'boolean',
  integer: (v) => typeof v === 'number' && (v | 0) === v,
  unsignedInt: (v) => typeof v === 'number' && (v | 0) === v && v >= 0,
  positiveInt: (v) => typeof v === 'number' && (v | 0) === v && v > 0,
  decimal: (v) => typeof v === 'number' && Number.isFinite(v),
  string: plainText,
  markdown: (v) => plainText(v) && !(v as string).includes('<'),
  id: idText,
  code: plainCode,
  uri: plainUri,
  url: (v) => plainUri(v) && (v as string).includes(':'),
  canonical: (v) => plainUri(v) && (v as string).includes(':'),
  oid: () => false,
  uuid: () => false,
  date: (v) => { if (typeof v !== 'string') return false; const t = temporal(v); return (t === 'day' || t === 'month' || t === 'year') && reasonable(v); },
  dateTime: (v) => { if (typeof v !== 'string') return false; const t = temporal(v); return t !== 'invalid' && t !== 'no-zone' && reasonable(v); },
  instant: (v) => typeof v === 'string' && temporal(v) === 'time-zone' && reasonable(v),
  time: (v) => typeof v === 'string' && isTime(v),
  base64Binary: (v) => typeof v === 'string' && v.length % 4 === 0 && v.length > 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(v),
  xhtml: () => false,
};
