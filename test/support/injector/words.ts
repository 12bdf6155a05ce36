import type { JsonObject } from '../../../sandbox/json-exact.ts';

export const uris = {
  loinc: 'http://loinc.org', snomed: 'http://snomed.info/sct', ucum: 'http://unitsofmeasure.org', icd: 'http://hl7.org/fhir/sid/icd-10-cm', pcs: 'http://www.cms.gov/Medicare/Coding/ICD10',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm', cvx: 'http://hl7.org/fhir/sid/cvx', cpt: 'http://www.ama-assn.org/go/cpt', npi: 'http://hl7.org/fhir/sid/us-npi', ssn: 'http://hl7.org/fhir/sid/us-ssn',
  ndc: 'http://hl7.org/fhir/sid/ndc', hcpcs: 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', class: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', kind: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  role: 'http://terminology.hl7.org/CodeSystem/diagnosis-role', label: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
} as const;

export const concept = (system: string, code: string, display?: string): JsonObject => ({ coding: [{ system, code, ...(display === undefined ? {} : { display }) }] });
export const to = (type: string, id: string): JsonObject => ({ reference: `${type}/${id}` });
export const amount = (value: number, unit: string, shown = unit): JsonObject => ({ value, unit: shown, system: uris.ucum, code: unit });

/** Elements in which a type names its patient, its encounter and its time, as FHIR R4 defines them. */
export const subjectOf: Readonly<Record<string, string>> = {
  Observation: 'subject', Condition: 'subject', Procedure: 'subject', DiagnosticReport: 'subject', MedicationRequest: 'subject', Encounter: 'subject', CarePlan: 'subject', CareTeam: 'subject',
  ImagingStudy: 'subject', Immunization: 'patient', AllergyIntolerance: 'patient', Claim: 'patient', ExplanationOfBenefit: 'patient', DocumentReference: 'subject', MedicationAdministration: 'subject', Composition: 'subject',
};
export const timeOf: Readonly<Record<string, string>> = {
  Observation: 'effectiveDateTime', DiagnosticReport: 'effectiveDateTime', Condition: 'onsetDateTime', MedicationRequest: 'authoredOn', Immunization: 'occurrenceDateTime', ImagingStudy: 'started', AllergyIntolerance: 'recordedDate',
  Claim: 'created', MedicationAdministration: 'effectiveDateTime',
};
/** The same, in UTC, so many days later or earlier. */
export const shifted = (text: string, days: number): string => new Date(Date.parse(text) + days * 86_400_000).toISOString().replace('.000Z', 'Z');
