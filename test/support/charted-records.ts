import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A day long before any patient of the sample was born. */
const day = '1851-02-03';
const [instant, code, drug] = [`${day}T10:00:00Z`, { text: 'as charted' }, { medicationCodeableConcept: { text: 'as charted' } }];
const final = { status: 'final', code }, completed = { status: 'completed', code };

/** One record of each element that can lie before a birth: each is a case of its own for registration. `who` names the patient. */
const records: readonly (readonly [string, 'subject' | 'patient', object])[] = [
  ['Procedure', 'subject', { ...completed, performedDateTime: instant }], ['Procedure', 'subject', { ...completed, performedPeriod: { start: instant } }],
  ['Immunization', 'patient', { status: 'completed', vaccineCode: code, occurrenceDateTime: instant }],
  ['DiagnosticReport', 'subject', { ...final, effectiveDateTime: instant }], ['DiagnosticReport', 'subject', { ...final, effectivePeriod: { start: instant } }],
  ['Observation', 'subject', { ...final, effectivePeriod: { start: instant }, valueString: 'as charted' }], ['Observation', 'subject', { ...final, effectiveInstant: instant, valueString: 'as charted' }],
  ['MedicationAdministration', 'subject', { status: 'completed', ...drug, effectiveDateTime: instant }],
  ['MedicationRequest', 'subject', { status: 'completed', intent: 'order', ...drug, authoredOn: instant }],
  ['MedicationDispense', 'subject', { status: 'completed', ...drug, whenHandedOver: instant }], ['MedicationDispense', 'subject', { status: 'completed', ...drug, whenPrepared: instant }],
  ['MedicationStatement', 'subject', { status: 'completed', ...drug, effectiveDateTime: instant }], ['MedicationStatement', 'subject', { status: 'completed', ...drug, dateAsserted: instant }],
  ['ServiceRequest', 'subject', { status: 'completed', intent: 'order', code, authoredOn: instant }], ['Specimen', 'subject', { receivedTime: instant }],
  ['Specimen', 'subject', { collection: { collectedDateTime: instant } }], ['ImagingStudy', 'subject', { status: 'available', started: instant }],
  ['CarePlan', 'subject', { status: 'active', intent: 'plan', period: { start: instant } }], ['CarePlan', 'subject', { status: 'active', intent: 'plan', created: instant }],
  ['CareTeam', 'subject', { status: 'active', period: { start: instant } }], ['ClinicalImpression', 'subject', { status: 'completed', effectiveDateTime: instant }],
  ['Media', 'subject', { status: 'completed', content: { title: 'as charted' }, createdDateTime: instant }], ['Goal', 'subject', { lifecycleStatus: 'active', description: code, startDate: day }],
  ['Flag', 'subject', { status: 'active', code, period: { start: instant } }], ['Communication', 'subject', { status: 'completed', sent: instant }],
  ['QuestionnaireResponse', 'subject', { status: 'completed', authored: instant }], ['RiskAssessment', 'subject', { status: 'final', occurrenceDateTime: instant }],
];

/** Writes them as an EHR's export would hold them. @returns how many */
export async function chartBeforeBirth(folder: string, patient: string): Promise<number> {
  for (const [type, all] of Map.groupBy(records.entries(), ([, [name]]) => name)) {
    const lines = all.map(([n, [, who, body]]) => JSON.stringify({ resourceType: type, id: `charted-${n}`, [who]: { reference: `Patient/${patient}` }, ...body }));
    await writeFile(join(folder, `${type}.3.ndjson`), `${lines.join('\n')}\n`);
  }
  return records.length;
}
