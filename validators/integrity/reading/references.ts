import type { Reference } from '@medplum/fhirtypes';

/** What a reference points to: another resource here, one inside the same resource, or a place only its own kind can resolve. */
export type Target =
  | { readonly kind: 'relative'; readonly key: string; readonly type: string; readonly id: string }
  | { readonly kind: 'contained'; readonly id: string }
  | { readonly kind: 'conditional'; readonly type: string }
  | { readonly kind: 'elsewhere' };

const relative = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** http://hl7.org/fhir/R4/references.html#literal: relative (also versioned), contained, conditional, absolute. */
export function targetOf(reference: string): Target {
  if (reference.startsWith('#')) return { kind: 'contained', id: reference.slice(1) };
  const match = relative.exec(reference);
  if (match?.[1] !== undefined && match[2] !== undefined) {
    return { kind: 'relative', type: match[1], id: match[2], key: `${match[1]}/${match[2]}` };
  }
  const query = reference.indexOf('?');
  if (query > 0 && !reference.includes(':') || /^[A-Z][A-Za-z]+\?/.test(reference)) return { kind: 'conditional', type: reference.slice(0, query) };
  return { kind: 'elsewhere' };
}

/** `Type/id` of a relative reference, without its version. */
export function keyOf(reference: Reference | undefined): string | undefined {
  if (typeof reference?.reference !== 'string') return undefined;
  const target = targetOf(reference.reference);
  return target.kind === 'relative' ? target.key : undefined;
}

/** Logical id of a relative reference to that type. */
export function idOf(reference: Reference | undefined, type: string): string | undefined {
  const key = keyOf(reference);
  return key?.startsWith(`${type}/`) === true ? key.slice(type.length + 1) : undefined;
}
