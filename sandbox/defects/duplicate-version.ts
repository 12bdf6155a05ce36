import type { Defect, Form } from './defect.ts';
import { copyOf, part, valueOf, measure, type JsonObject } from './touch.ts';

const stamped = (resource: JsonObject, versionId: string): JsonObject => ({ ...copyOf(resource), meta: { ...part(resource, 'meta'), versionId, lastUpdated: '2026-01-05T10:00:00Z' } });
/** The source sends the resource, and then again under the number that `again` gives. */
const form = (type: string, because: string, again: string, change: (later: JsonObject) => unknown): Form => ({
  type, because,
  plant(resource) {
    const later = stamped(resource, again);
    if (change(later) === false) return undefined;
    return [{ how: 'amend', resource: stamped(resource, '3') }, { how: 'reissue', resource: later, carries: true }];
  },
});
const otherValue = (later: JsonObject): unknown => later['valueQuantity'] !== undefined && measure(later, valueOf(later) + 1, String(part(later, 'valueQuantity')?.['code']));

export const duplicateVersion: Defect = {
  rule: 'duplicate-version', hidden: true,
  forms: [
    form('Observation', 'Another value under the same version.', '3', otherValue), form('Condition', 'Another status under the same version.', '3', (later) => Object.assign(later, { clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'inactive' }] } })),
    form('Patient', 'Another address under the same version.', '3', (later) => Object.assign(later, { address: [{ city: 'Elsewhere' }] })), form('MedicationRequest', 'An element went away under the same version.', '3', (later) => delete later['requester']),
  ],
  nearMisses: [
    form('Observation', 'Another value under the next version.', '4', otherValue), form('Observation', 'The same content again.', '3', () => true), form('Condition', 'Only the narrative is new.', '3', (later) => Object.assign(later, { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' } })),
  ],
};
