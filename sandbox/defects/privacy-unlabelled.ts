import type { Change, Chart, Defect, Form } from './defect.ts';
import { amend } from './defect.ts';
import { coded, listAt, part, textAt, type JsonObject } from './touch.ts';

const act = 'http://terminology.hl7.org/CodeSystem/v3-ActCode', hcpcs = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets';
const label = (code: string): JsonObject => ({ security: [{ system: act, code }] });
const inside = (resource: JsonObject): string => textAt(resource, 'encounter', 'reference') ?? textAt(resource, 'context', 'encounter', 0, 'reference') ?? '';

/** An encounter of a program for substance use, and one resource of it; both carry the label. */
const program = (because: string, type: string, mark: (encounter: JsonObject) => void, more: JsonObject = {}): Form => ({
  type, because,
  plant(resource, chart): readonly Change[] | undefined {
    const encounter = chart.resolve(inside(resource));
    if (encounter === undefined || listAt(encounter, 'meta', 'security').length > 0 || Object.keys(more).length > 0 && part(resource, 'meta') !== undefined) return undefined;
    // A visit of its own, so that nothing else is of the program.
    const own: JsonObject = { ...encounter, id: chart.random.id(), diagnosis: [], identifier: [] };
    delete own['diagnosis'];
    delete own['identifier'];
    mark(own);
    const reference = { reference: `Encounter/${String(own['id'])}` };
    const moved = type === 'DocumentReference' ? { ...resource, context: { encounter: [reference] } } : { ...resource, encounter: reference };
    return [{ how: 'amend', resource: { ...moved, ...more }, carries: true }, { how: 'add', resource: { ...own, meta: label('42CFRPart2') } }];
  },
});
const serviceType = (encounter: JsonObject): void => { encounter['serviceType'] = coded(hcpcs, 'H0015', 'Intensive outpatient alcohol and drug services'); };
const visitType = (encounter: JsonObject): void => { encounter['type'] = [coded(hcpcs, 'H0020', 'Methadone administration')]; };

/** A consent that denies. */
const consent = (because: string, type: string, provision: (resource: JsonObject) => JsonObject, more: JsonObject = {}, status = 'active'): Form => ({
  type, because,
  plant(resource, chart: Chart): readonly Change[] | undefined {
    const patient = textAt(resource, 'subject', 'reference') ?? (type === 'Patient' ? `Patient/${String(resource['id'])}` : undefined);
    if (patient === undefined || part(resource, 'meta', 'security') !== undefined) return undefined;
    return [{ how: 'amend', resource: { ...resource, ...more }, carries: true }, { how: 'add', resource: { resourceType: 'Consent', id: chart.random.id(), status, scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
      category: [coded('http://loinc.org', '59284-0')], patient: { reference: patient }, dateTime: '2025-01-01', provision: provision(resource) } }];
  },
});
const denyThis = (resource: JsonObject): JsonObject => ({ type: 'permit', provision: [{ type: 'deny', data: [{ meaning: 'instance', reference: { reference: `${String(resource['resourceType'])}/${String(resource['id'])}` } }] }] });

export const privacyUnlabelled: Defect = {
  rule: 'privacy-unlabelled', hidden: true,
  forms: [
    program('A note of a program for substance use, without a label.', 'DocumentReference', serviceType), program('A result of a methadone visit, without a label.', 'Observation', visitType), program('An order of such a visit, without a label.', 'MedicationRequest', serviceType),
    amend('DocumentReference', 'A psychotherapy note, without a label.', (note) => part(note, 'meta', 'security') === undefined && Object.assign(note, { type: { coding: [{ system: 'http://loinc.org', code: '11488-4' }], text: 'Psychotherapy note' } })),
    consent('A consent denies one result.', 'Observation', denyThis), consent('A consent denies research on a diagnosis.', 'Condition', (resource) => ({ ...denyThis(resource), provision: [{ ...(listAt(denyThis(resource), 'provision')[0] as JsonObject), purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HRESCH' }] }] })),
    consent('A consent denies the record of the patient.', 'Patient', () => ({ type: 'deny' })),
  ],
  nearMisses: [
    program('A note of such a program, labelled.', 'DocumentReference', serviceType, { meta: label('42CFRPart2') }), program('A result of another visit.', 'Observation', (encounter) => { encounter['serviceType'] = { text: 'Cardiology' }; }), consent('A consent that was withdrawn.', 'Observation', denyThis, {}, 'inactive'),
    consent('A consent that permits.', 'Condition', () => ({ type: 'permit' })), consent('A result that a consent denies, labelled.', 'Observation', denyThis, { meta: label('R') }),
  ],
};
