/** Coded words of FHIR R4 and DICOM that Provenance and AuditEvent need. */
export type Coding = { readonly system: string; readonly code: string; readonly display?: string };
export type Concept = { readonly coding?: readonly Coding[]; readonly text?: string };

const terms = 'http://terminology.hl7.org/CodeSystem';
export const dcm = (code: string, display: string): Coding => ({ system: 'http://dicom.nema.org/resources/ontology/DCM', code, display });
export const lifecycle = (code: string): Coding => ({ system: `${terms}/iso-21089-lifecycle`, code });
export const entityType = (code: '1' | '2'): Coding => ({ system: `${terms}/audit-entity-type`, code });
export const objectRole = (code: '1' | '4'): Coding => ({ system: `${terms}/object-role`, code });
export const participant = (code: 'verifier' | 'assembler' | 'legal'): Concept => ({ coding: [{ system: `${terms}/provenance-participant-type`, code }] });
export const applicationServer: Coding = { system: `${terms}/security-source-type`, code: '4' };

const reasons: Readonly<Record<string, string>> = { care: 'TREAT', payment: 'HPAYMT', quality: 'HQUALIMP', research: 'HRESCH' };
/** A feed's purpose as a reason of v3-ActReason; training a model has none there: the word stands alone. */
export const reasonOf = (purpose: string): Concept => {
  const code = reasons[purpose];
  return code === undefined ? { text: purpose } : { coding: [{ system: `${terms}/v3-ActReason`, code }], text: purpose };
};

/** A version of a resource where its source numbered it, else the resource. */
export const versionReference = ({ type, id, versionId }: { type: string; id: string; versionId: string | null }): { reference: string } => (
  { reference: versionId === null ? `${type}/${id}` : `${type}/${id}/_history/${versionId}` });

/** PostgreSQL's timestamptz as a FHIR instant, to the microsecond. @param column SQL */
export const instantSql = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
