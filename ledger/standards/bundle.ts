import type { Queryable } from '../../storage/connect.ts';
import type { PatientKey } from '../questions/answer.ts';
import { auditEventsOf } from './audit-events.ts';
import { provenanceOf } from './provenance.ts';

/** A FHIR R4 Bundle with the Provenance of an entry; without an entry where none has the number. */
export const provenanceBundle = async (db: Queryable, entry: number): Promise<object> => bundle([await provenanceOf(db, entry)].filter((one) => one !== undefined));

/** A FHIR R4 Bundle of the AuditEvents about a patient. */
export const auditEventBundle = async (db: Queryable, key: PatientKey): Promise<object> => bundle(await auditEventsOf(db, key));

const bundle = (resources: readonly object[]): object => ({
  resourceType: 'Bundle', type: 'collection', ...(resources.length === 0 ? {} : { entry: resources.map((resource) => ({ resource })) }),
});
