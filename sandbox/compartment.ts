import { isObject, listAt, textAt, type JsonObject } from './json-exact.ts';
import { resourceOf, type Store, type Version } from './store.ts';

// Where each type names its patient: the `patient` search parameter of FHIR R4.
// Source: http://hl7.org/fhir/R4/compartmentdefinition-patient.html; types not listed use subject or patient.
const elements = ['subject', 'patient', 'beneficiary', 'individual', 'for'];

/** Types that belong to no patient: never in a compartment, carried whole by patient and group exports. */
export const sharedTypes = new Set(
  ['Organization', 'Practitioner', 'PractitionerRole', 'Location', 'Medication', 'Substance', 'Endpoint', 'HealthcareService'],
);

const patientReference = /(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})(?:\/_history\/\d+)?$/;

export const patientIdIn = (reference: string | undefined) => patientReference.exec(reference ?? '')?.[1];

export function patientsOf(resource: JsonObject): string[] {
  if (resource['resourceType'] === 'Patient') return [String(resource['id'])];
  const references = elements.map((element) => textAt(resource, element, 'reference'));
  if (resource['resourceType'] === 'Provenance')
    for (const target of listAt(resource, 'target')) references.push(textAt(target, 'reference'));
  if (resource['resourceType'] === 'Group')
    for (const member of listAt(resource, 'member')) references.push(textAt(member, 'entity', 'reference'));
  return references.map(patientIdIn).filter((id) => id !== undefined);
}

const known = new WeakMap<Version, readonly string[]>();

/** Parsed once a version, at the first question, so that a start costs no parsing. */
export function patientsOfVersion(version: Version): readonly string[] {
  let patients = known.get(version);
  if (!patients) known.set(version, (patients = version.bytes ? patientsOf(resourceOf(version)) : []));
  return patients;
}

/** Group members with the moment (ms) they were first listed; `everyone` is a group of all Patients. */
export function membersOf(store: Store, groupId: string): Map<string, number> | undefined {
  if (groupId === 'everyone') return new Map(Array.from(store.current('Patient'), ({ id }) => [id, 0]));
  const head = store.head('Group', groupId);
  if (!head?.bytes) return undefined;
  const members = new Map(patientsOfVersion(head).map((id) => [id, head.lastUpdated]));
  for (let at = head.previous; at; at = at.previous)
    for (const id of patientsOfVersion(at)) if (members.has(id)) members.set(id, at.lastUpdated);
  return members;
}

export const everyoneGroup = {
  resourceType: 'Group', id: 'everyone', type: 'person', actual: true, active: true, name: 'Every patient of the sandbox',
};

export const isShared = (version: Version) =>
  sharedTypes.has(version.type) || (version.type === 'Device' && patientsOfVersion(version).length === 0);

export const isResource = (value: unknown): value is JsonObject & { resourceType: string } =>
  isObject(value as JsonObject) && typeof (value as JsonObject)['resourceType'] === 'string';
