import { isUtf8 } from 'node:buffer';
import type { ErrorCode } from '../../terms/errors.ts';
import type { Resource } from '../../terms/rule.ts';
import { patientOf } from './compartment.ts';

/** What landing reads of a resource. */
export type Identified = {
  readonly resource: Resource;
  readonly type: string;
  readonly id: string;
  readonly versionId: string | null;
  /** The versionId where it is a number that fits bigint: the second key of the order of versions. */
  readonly versionNumber: string | null;
  readonly lastUpdated: Date | null;
  readonly patient: string;
  readonly refs: readonly string[];
};

/** http://hl7.org/fhir/R4/datatypes.html#id */
const FHIR_ID = /^[A-Za-z0-9\-.]{1,64}$/;
const TYPE = /^[A-Z][A-Za-z]{1,63}$/;
const REFERENCE = /"reference"\s*:\s*"((?:[^"\\]|\\.)*)"/g;

/**
 * Reads what landing needs from the bytes of one item.
 * @param announced the type that the file was announced for; null where files are mixed
 * @param base the source's FHIR base: absolute references under it are made relative
 * @returns the reading, or the code under which the bytes go to quarantine
 */
export function identify(bytes: Uint8Array, announced: string | null, base: string | null): Identified | ErrorCode {
  if (!isUtf8(bytes)) return 'ASSAY_LINE_NOT_UTF8';
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return 'ASSAY_LINE_NOT_JSON';
  }
  if (!isResource(parsed)) return 'ASSAY_LINE_NOT_RESOURCE';
  if (announced !== null && parsed.resourceType !== announced) return 'ASSAY_LINE_WRONG_TYPE';
  const meta = typeof parsed['meta'] === 'object' && parsed['meta'] !== null ? parsed['meta'] as Record<string, unknown> : {};
  const versionId = typeof meta['versionId'] === 'string' ? meta['versionId'] : null;
  return {
    resource: parsed, type: parsed.resourceType, id: parsed.id, versionId,
    versionNumber: versionId !== null && /^\d{1,18}$/.test(versionId) ? versionId : null,
    lastUpdated: instant(meta['lastUpdated']),
    patient: patientOf(parsed, base),
    refs: references(text, base),
  };
}

function isResource(value: unknown): value is Resource & { readonly id: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { resourceType, id } = value as Record<string, unknown>;
  return typeof resourceType === 'string' && TYPE.test(resourceType) && typeof id === 'string' && FHIR_ID.test(id);
}

function instant(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Distinct references of the text, `Type/id` where they are of this source; left out: contained ones ('#…') and what has a line break, which is no URI. */
function references(text: string, base: string | null): string[] {
  const found = new Set<string>();
  for (const [, raw] of text.matchAll(REFERENCE)) {
    if (raw === undefined || raw === '' || raw.startsWith('#')) continue;
    const reference = raw.includes('\\') ? JSON.parse(`"${raw}"`) as string : raw;
    if (!reference.includes('\n')) found.add(relative(reference, base));
  }
  return [...found];
}

/** A reference under the source's own base, without version: http://hl7.org/fhir/R4/references.html#literal */
export function relative(reference: string, base: string | null): string {
  const root = base === null || base.endsWith('/') ? base : `${base}/`;
  const local = root !== null && reference.startsWith(root) ? reference.slice(root.length) : reference;
  const version = local.indexOf('/_history/');
  return version < 0 ? local : local.slice(0, version);
}
