import type { Change, Defect, Form } from './defect.ts';
import { textAt, type JsonObject } from './touch.ts';

const elements = ['effectiveDateTime', 'recordedDate', 'authoredOn', 'date', 'occurrenceDateTime'] as const;
/** The patient is replaced by another at the beginning of 2026, and something is written about them after it, or before. */
const form = (because: string, type: string, at: string, link = 'replaced-by'): Form => ({
  type: 'Patient', because,
  plant(patient, chart): readonly Change[] | undefined {
    const template = chart.around(patient, type)[0], other = chart.patients.find((id) => id !== patient['id']);
    const element = elements.find((name) => textAt(template, name) !== undefined);
    // Of the coded population: its records end before the merge.
    if (template === undefined || other === undefined || textAt(patient, 'identifier', 0, 'system') !== 'urn:oid:1.2.36.146.595.217.0.1' || (element === undefined && type !== 'Encounter')) return undefined;
    const later: JsonObject = { ...template, id: chart.random.id(), ...(element === undefined ? { period: { start: at, end: at }, diagnosis: [] } : { [element]: at }) };
    delete later['onsetDateTime'];
    return [{ how: 'amend', resource: { ...patient, meta: { lastUpdated: '2026-01-02T00:00:00Z' }, link: [{ type: link, other: { reference: `Patient/${other}` } }] } }, { how: 'add', resource: later, carries: true }];
  },
});
const after = '2026-05-01T10:00:00Z', before = '2025-12-01T10:00:00Z';

export const identityMergedStillUsed: Defect = {
  rule: 'identity-merged-still-used', apart: true, hidden: true,
  forms: [form('A result after the merge.', 'Observation', after), form('An order after the merge.', 'MedicationRequest', after), form('A visit after the merge.', 'Encounter', after), form('A note after the merge.', 'DocumentReference', after), form('A diagnosis after the merge.', 'Condition', after)],
  nearMisses: [form('A result of before the merge.', 'Observation', before), form('A result of the patient who stays.', 'Observation', after, 'replaces'), form('A result of a patient whom a link names.', 'Observation', after, 'seealso')],
};
