/** A stay of patient p with what is reported and written of it, for rule cases. */
export const stay = (actClass = 'IMP', more: object = {}) => ({ resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: actClass },
  subject: { reference: 'Patient/p' }, period: { start: '2026-03-01T10:00:00Z', end: '2026-03-05T10:00:00Z' }, ...more });

export const icd = (code: string, display?: string) => ({ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code, ...(display === undefined ? {} : { display }) }] });
export const pcs = (code: string) => ({ coding: [{ system: 'http://www.cms.gov/Medicare/Coding/ICD10', code }] });

/** The first diagnosis is the principal one. */
export const claim = (diagnoses: readonly object[], more: object = {}) => ({ resourceType: 'Claim', id: 'k', status: 'active', use: 'claim',
  type: { coding: [{ code: 'institutional' }] }, billablePeriod: { start: '2026-03-01', end: '2026-03-05' },
  diagnosis: diagnoses.map((diagnosisCodeableConcept, index) => ({ sequence: index + 1, diagnosisCodeableConcept,
    type: [{ coding: [{ code: index === 0 ? 'principal' : 'secondary' }] }] })),
  item: [{ sequence: 1, encounter: [{ reference: 'Encounter/e' }] }], ...more });

export const written = (text: string, more: object = {}) => ({ resourceType: 'DocumentReference', id: 'd', status: 'current', subject: { reference: 'Patient/p' },
  date: '2026-03-04T10:00:00Z', author: [{ reference: 'Practitioner/a' }], context: { encounter: [{ reference: 'Encounter/e' }] },
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }], ...more });

export const result = (code: string, value: number, unit: string, more: object = {}) => ({ resourceType: 'Observation', id: `o${code}`, status: 'final', encounter: { reference: 'Encounter/e' },
  effectiveDateTime: '2026-03-02T08:00:00Z', code: { coding: [{ system: 'http://loinc.org', code }] }, valueQuantity: { value, system: 'http://unitsofmeasure.org', code: unit }, ...more });

export const drug = (text: string, more: object = {}) => ({ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order', encounter: { reference: 'Encounter/e' },
  authoredOn: '2026-03-02T08:00:00Z', medicationCodeableConcept: { text }, ...more });
