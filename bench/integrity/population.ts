import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { PatientView, ViewEntry } from '../../terms/patient-view.ts';
import type { Resource } from '../../terms/rule.ts';
import { project } from '../../validators/integrity/projection.ts';
import { clinicalTime } from '../../validators/integrity/reading/clinical-time.ts';

export const folder = new URL('../../../shared/synthea/us-core-6.1.0/', import.meta.url);
export const asOf = '2026-11-24T12:00:00Z';

/** A file's lines, as many at a time as `size`. */
export function* pagesOfLines(size: number): Generator<string[]> {
  for (const name of readdirSync(folder)) {
    const lines = gunzipSync(readFileSync(new URL(name, folder))).toString().split('\n').filter((line) => line !== '');
    for (let at = 0; at < lines.length; at += size) yield lines.slice(at, at + size);
  }
}

export const entryOf = (resource: Resource, id = resource.id ?? ''): ViewEntry =>
  ({ version: `${resource.resourceType}/${id}`, type: resource.resourceType, id, time: clinicalTime(resource), fields: project(resource), place: 'compartment' });

export const view = (patient: string, entries: Iterable<ViewEntry>): PatientView =>
  ({ patient, asOf, failedTypes: new Set<string>(), reference: () => 'landed' as const, entries });
