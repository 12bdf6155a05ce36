import { amend, type Defect, type Form } from './defect.ts';
import { part, textAt, type JsonObject } from './touch.ts';

const form = (type: string, because: string, change: (resource: JsonObject) => unknown): Form => amend(type, because, change);

export const referenceTargetType: Defect = {
  rule: 'reference-target-type',
  forms: [
    form('Observation', 'Its encounter is a patient.', (one) => one['encounter'] !== undefined && Object.assign(one, { encounter: { reference: String(textAt(one, 'subject', 'reference')) } })), form('Condition', 'Its subject is a practitioner.', (one) => Object.assign(one, { subject: { reference: 'Practitioner/x' } })),
    form('MedicationRequest', 'Its requester is a location.', (one) => Object.assign(one, { requester: { reference: 'Location/x' } })), form('DiagnosticReport', 'Its result is a condition.', (one) => Object.assign(one, { result: [{ reference: 'Condition/x' }] })),
    form('Encounter', 'Its participant is a device, on another server.', (one) => part(one, 'participant', 0) !== undefined && Object.assign(part(one, 'participant', 0) ?? {}, { individual: { reference: 'https://ehr.example/fhir/Device/x' } })),
    form('Observation', 'Its subject is contained, and a practitioner.', (one) => Object.assign(one, { contained: [{ resourceType: 'Practitioner', id: 'a' }], subject: { reference: '#a' } })), form('Immunization', 'Its patient is asked for among practitioners.', (one) => Object.assign(one, { patient: { reference: 'Practitioner?identifier=urn:x|1' } })),
    form('DocumentReference', 'It names its encounter as a patient.', (one) => part(one, 'context') !== undefined && Object.assign(part(one, 'context') ?? {}, { encounter: [{ reference: String(textAt(one, 'subject', 'reference')) }] })),
  ],
  nearMisses: [
    form('Observation', 'A group of people.', (one) => Object.assign(one, { subject: { reference: 'Group/g' } })), form('MedicationRequest', 'A requester contained, and a practitioner.', (one) => Object.assign(one, { contained: [{ resourceType: 'Practitioner', id: 'a' }], requester: { reference: '#a' } })),
    form('DocumentReference', 'An author that is a device.', (one) => Object.assign(one, { author: [{ reference: 'Device/x' }] })), form('Condition', 'A recorder by its identifier.', (one) => Object.assign(one, { recorder: { type: 'Practitioner', identifier: { value: '1' } } })),
  ],
};
