import type { Reference } from '@medplum/fhirtypes';

/** What a reference points to: another resource here, one inside the same resource, or a place only its own kind can resolve. */
export type Target =
  | { readonly kind: 'relative'; readonly key: string; readonly type: string; readonly id: string }
  | { readonly kind: 'contained'; readonly id: string }
  | { readonly kind: 'conditional'; readonly type: string }
  | { readonly kind: 'elsewhere' };

/** Whether what stands before `end` is [A-Z][A-Za-z]+; read in place. */
function isTypeName(text: string, end: number): boolean {
  const first = text.charCodeAt(0);
  if (end < 2 || first < 65 || first > 90) return false;
  for (let at = 1; at < end; at++) {
    const code = text.charCodeAt(at) | 32;
    if (code < 97 || code > 122) return false;
  }
  return true;
}

/** Whether it is `Type/id` and no more, as nearly every reference is. Hot: every reference of every resource is read by several rules. */
export function isPlain(reference: string): boolean {
  const slash = reference.indexOf('/');
  if (slash < 2 || reference.length === slash + 1 || reference.length - slash > 65) return false;
  for (let at = slash + 1; at < reference.length; at++) if (!isIdCharacter(reference.charCodeAt(at))) return false;
  return isTypeName(reference, slash);
}

function relative(reference: string): Target | undefined {
  const slash = reference.indexOf('/');
  if (slash < 2) return undefined;
  if (!isTypeName(reference, slash)) return undefined;
  const type = reference.slice(0, slash);
  let end = slash + 1;
  while (end < reference.length && isIdCharacter(reference.charCodeAt(end))) end++;
  if (end === slash + 1 || end - slash > 65) return undefined;
  if (end < reference.length && !/^\/_history\/[A-Za-z0-9\-.]{1,64}$/.test(reference.slice(end))) return undefined;
  return { kind: 'relative', type, id: reference.slice(slash + 1, end), key: end === reference.length ? reference : reference.slice(0, end) };
}

/** [A-Za-z0-9-.] */
const isIdCharacter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 45 || code === 46;

// A RESTful address names what its end names; whether its server is ours, the reference facts tell.
const absolute = /^https?:\/\/.+\/([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?)$/;

/** http://hl7.org/fhir/R4/references.html#literal: relative (also versioned), contained, conditional, absolute. */
export function targetOf(reference: string): Target {
  if (reference.startsWith('#')) return { kind: 'contained', id: reference.slice(1) };
  const here = relative(reference);
  if (here !== undefined) return here;
  const restful = absolute.exec(reference)?.[1];
  if (restful !== undefined) return relative(restful) ?? { kind: 'elsewhere' };
  const query = reference.indexOf('?');
  if (query > 0 && !reference.includes(':') || /^[A-Z][A-Za-z]+\?/.test(reference)) return { kind: 'conditional', type: reference.slice(0, query) };
  return { kind: 'elsewhere' };
}

/** `Type/id` of a relative reference, without its version. */
export function keyOf(reference: Reference | undefined): string | undefined {
  if (typeof reference?.reference !== 'string') return undefined;
  if (isPlain(reference.reference)) return reference.reference;
  const target = targetOf(reference.reference);
  return target.kind === 'relative' ? target.key : undefined;
}

/** Logical id of a relative reference to that type. */
export function idOf(reference: Reference | undefined, type: string): string | undefined {
  // Nearly every reference is `Type/id` and no more: it is read in place.
  const text = reference?.reference;
  if (typeof text !== 'string') return undefined;
  const from = type.length + 1;
  if (text.charCodeAt(from - 1) === 47 && text.length > from && text.length - from <= 64 && text.startsWith(type)) {
    let end = from;
    while (end < text.length && isIdCharacter(text.charCodeAt(end))) end++;
    if (end === text.length) return text.slice(from);
  }
  const key = keyOf(reference);
  return key?.startsWith(`${type}/`) === true ? key.slice(type.length + 1) : undefined;
}
