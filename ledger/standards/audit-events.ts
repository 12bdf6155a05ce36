import type { Queryable } from '../../storage/connect.ts';
import type { PatientKey } from '../questions/answer.ts';
import { entriesOfPatient, given } from '../questions/given.ts';
import { viewersOfPatient } from '../questions/viewers-of-patient.ts';
import { applicationServer, dcm, entityType, instantSql, lifecycle, objectRole, reasonOf, versionReference } from './codes.ts';

export const DISCLOSURE = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Source';

const observer = { display: 'fhir-assay' };
const source = { observer, type: [applicationServer] };
const ofPatient = (patient: string) => ({ what: { reference: `Patient/${patient}` }, type: entityType('1'), role: objectRole('1') });

/** FHIR R4 AuditEvents about a patient: each giving of his record to a consumer that is no internal use, each look at it. */
export const auditEventsOf = async (db: Queryable, key: PatientKey): Promise<object[]> => [...await disclosures(db, key), ...await views(db, key)];

/** IHE BALP, Privacy Disclosure at Source: one for each range of a feed that was given, with the versions in it. */
async function disclosures(db: Queryable, { source: at, patient }: PatientKey): Promise<object[]> {
  const { rows } = await db.query<Given>(
    `select g.consumption, ${instantSql('g.at')} as recorded, coalesce(r.legal_name, g.consumer) as recipient, g.feed, e.purpose, coalesce(r.purpose, '') as described,
            json_agg(distinct jsonb_build_object('type', v.type, 'id', v.logical_id, 'versionId', v.version_id)) as versions
       from ${entriesOfPatient('$1', '$2')} join version v on v.id = e.version_id
      cross join lateral (${given('e')}) as g
       left join lateral (select * from consumer_record c where c.consumer_id = g.consumer_id order by c.id desc limit 1) as r on true
      where e.kind = 'release' and r.relation is distinct from 'internal-use'
      group by g.consumption, g.at, r.legal_name, g.consumer, g.feed, e.purpose, r.purpose order by g.at, g.consumption`, [at, patient]);
  return rows.map(({ consumption, recorded, recipient, feed, purpose, described, versions }) => ({
    resourceType: 'AuditEvent', id: `given-${consumption}`, meta: { profile: [DISCLOSURE] }, type: dcm('110106', 'Export'), subtype: [lifecycle('disclose')], action: 'R',
    recorded, outcome: '0', purposeOfEvent: [described === '' ? reasonOf(purpose) : { ...reasonOf(purpose), text: described }], source,
    agent: [
      { type: { coding: [dcm('110153', 'Source Role ID')] }, who: observer, requestor: false, network: { address: `feeds/${feed}` } },
      { type: { coding: [dcm('110152', 'Destination Role ID')] }, who: { display: recipient }, requestor: true, network: { address: `feeds/${feed}` } },
    ],
    entity: [ofPatient(patient), ...versions.map((version) => ({ what: versionReference(version), type: entityType('2'), role: objectRole('4') }))],
  }));
}

async function views(db: Queryable, key: PatientKey): Promise<object[]> {
  return (await viewersOfPatient(db, key)).rows.map(({ who, when, leaf }) => ({
    resourceType: 'AuditEvent', id: `leaf-${leaf}`, type: dcm('110110', 'Patient Record'), action: 'R', recorded: new Date(when).toISOString(), outcome: '0', source,
    agent: [{ who: { display: who }, requestor: true }], entity: [ofPatient(key.patient)],
  }));
}

type Given = { consumption: string; recorded: string; recipient: string; feed: string; purpose: string; described: string; versions: { type: string; id: string; versionId: string | null }[] };
