/** A line of a record as a clinician reads it, with the FHIRPath where it stands. */
export type Line = { readonly path: string; readonly label: string; readonly text: string };

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Fields = { readonly [key: string]: Json };
export const isFields = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: Json | undefined): string | undefined => typeof value === 'string' ? value : undefined;

/** Elements that say how a record is kept, not what it says. */
const housekeeping = new Set(['resourceType', 'id', 'meta', 'implicitRules', 'language', 'text', 'contained', 'extension', 'modifierExtension']);

/** The record's elements in their order, each in one line where its type has one. */
export function clinicalLines(resource: unknown): Line[] {
  if (!isFields(resource as Json)) return [];
  const fields = resource as Fields;
  const type = text(fields['resourceType']) ?? 'Resource';
  return Object.entries(fields).flatMap(([key, value]) => housekeeping.has(key) ? [] : lines(value, `${type}.${key.replace(/^value[A-Z].*/, 'value')}`, words(key)));
}

function lines(value: Json, path: string, label: string): Line[] {
  if (Array.isArray(value)) return value.flatMap((one: Json, place) => lines(one, `${path}[${place}]`, label));
  const short = oneLine(value);
  if (short !== undefined) return short === '' ? [] : [{ path, label, text: short }];
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => housekeeping.has(key) ? [] : lines(inner, `${path}.${key.replace(/^value[A-Z].*/, 'value')}`, `${label}: ${words(key)}`));
}

/** What a data type says in a line: http://hl7.org/fhir/R4/datatypes.html. undefined: it has parts of its own. */
function oneLine(value: Json): string | undefined {
  if (value === null) return '';
  if (!isFields(value)) return String(value);
  if (Array.isArray(value['coding']) || ('text' in value && Object.keys(value).length <= 2)) return codeable(value);
  if ('code' in value && 'system' in value && !('value' in value)) return named(text(value['display']), [text(value['code'])]);
  if ('value' in value && ('unit' in value || 'code' in value)) return `${text(value['comparator']) ?? ''}${String(value['value'])} ${text(value['unit']) ?? text(value['code']) ?? ''}`.trim();
  if ('start' in value || 'end' in value) return `${text(value['start']) ?? '…'} – ${text(value['end']) ?? '…'}`;
  if ('reference' in value) return [text(value['display']), text(value['reference'])].filter(Boolean).join(' · ');
  if ('family' in value || 'given' in value) return [...Array.isArray(value['given']) ? value['given'].map(String) : [], text(value['family']) ?? ''].join(' ').trim();
  if ('system' in value && 'value' in value) return `${String(value['value'])}${systemName(text(value['system']) ?? '')}`;
  if ('line' in value || 'city' in value) return [...Array.isArray(value['line']) ? value['line'].map(String) : [], text(value['city']), text(value['state']), text(value['postalCode'])].filter(Boolean).join(', ');
  if ('contentType' in value && 'data' in value) return decoded(text(value['data']) ?? '', text(value['contentType']) ?? '');
  return undefined;
}

/** Whose number it is: of an address its last part says most; an OID says nothing to people. */
const systemName = (system: string): string => /^urn:/.test(system) ? '' : ` (${system.split(/[/#]/).filter((part) => part !== '').at(-1) ?? system})`;

function codeable(value: Fields): string {
  const codings = Array.isArray(value['coding']) ? value['coding'].filter(isFields) : [];
  const said = text(value['text']) ?? codings.map((one) => text(one['display'])).find(Boolean) ?? '';
  return named(said, codings.map((one) => text(one['code'])));
}

/** A code's words with the code; where it has none, the code alone. */
function named(said: string | undefined, given: readonly (string | undefined)[]): string {
  const codes = given.filter((code) => code !== undefined);
  return said === undefined || said === '' ? codes.join(', ') : `${said} ${codes.map((code) => `(${code})`).join(' ')}`.trim();
}

function decoded(base64: string, contentType: string): string {
  try {
    const said = new TextDecoder().decode(Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0));
    return /html|xml/.test(contentType) ? untagged(said) : said;
  } catch {
    return 'An attachment that is no text.';
  }
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': '’', '&nbsp;': ' ' };

/** A document's text: blocks on lines of their own, everything else that is markup left out. */
const untagged = (html: string): string => html.replace(/<(script|style)[^]*?<\/\1>/gi, '').replace(/<(br|\/(p|h[1-6]|li|div|tr|table|ul|ol))[^>]*>/gi, '\n').replace(/<[^>]*>/g, '')
  .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity).replace(/\n{3,}/g, '\n\n').trim();

/** `effectiveDateTime` → Effective date time */
const words = (key: string): string => {
  const spaced = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** Whether a finding's place is this line, a part of it, or what it is a part of; an index that is not given means any. */
export function marks(expressions: readonly string[], path: string): boolean {
  const plain = (one: string): string => one.replace(/\.ofType\(\w+\)/g, '').replace(/\[0\]/g, '');
  const at = plain(path);
  return expressions.some((one) => {
    const wanted = plain(one);
    return wanted.includes('.') && (at === wanted || at.startsWith(`${wanted}.`) || at.startsWith(`${wanted}[`) || wanted.startsWith(`${at}.`));
  });
}
