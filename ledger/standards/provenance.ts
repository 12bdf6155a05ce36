import { newestCheckpoint } from '../../storage/checkpoints.ts';
import type { Queryable } from '../../storage/connect.ts';
import { decisionsBehind } from '../questions/deciders.ts';
import { leavesOf } from '../questions/trace-of-entry.ts';
import { instantSql, lifecycle, participant, reasonOf, versionReference } from './codes.ts';

/** SHA-256 as an object identifier (NIST's arc of hash algorithms). */
const SHA256 = 'urn:oid:2.16.840.1.101.3.4.2.1';

/**
 * FHIR R4 Provenance of an entry of the feeds: of which version, verified under which rule set, released for what,
 * on whose word, from which bytes. Its signature is the signed checkpoint over the leaf of its release (C2SP signed
 * note); before the first such checkpoint there is none.
 * @returns undefined where no entry has the number
 */
export async function provenanceOf(db: Queryable, sequence: number): Promise<object | undefined> {
  const { rows: [entry] } = await db.query<Entry>(
    `select e.version_id as version, e.kind, e.purpose, e.verdict_id as verdict, ${instantSql('e.at')} as at, v.type, v.logical_id as id, v.version_id as "versionId",
            encode(v.hash, 'hex') as hash, s.name as source, encode(r.hash, 'hex') as "ruleSet"
       from (select feed_entry.* from feed_entry where feed_entry.version_id = (select version_id from feed_span where first <= $1 order by first desc limit 1)) as e
       join version v on v.id = e.version_id join source s on s.id = v.source_id left join rule_set r on r.id = e.rule_set_id where e.sequence = $1`, [sequence]);
  if (entry === undefined) return undefined;
  const { released } = await leavesOf(db, entry.version, entry.verdict ?? '0', sequence);
  const checkpoint = await newestCheckpoint(db);
  const decisions = await decisionsBehind(db, { version: entry.version, purpose: entry.purpose, sequence });
  const us = { display: 'fhir-assay' };
  return {
    resourceType: 'Provenance', id: `entry-${sequence}`, target: [versionReference(entry)], recorded: entry.at, reason: [reasonOf(entry.purpose)],
    activity: { coding: [lifecycle(entry.kind === 'release' ? 'verify' : 'deprecate')] },
    agent: [
      { type: participant('verifier'), who: { display: entry.ruleSet === null ? us.display : `${us.display}, rule set ${entry.ruleSet}` } },
      ...decisions.flatMap(({ decision: { by, secondBy } }) => [by, ...(secondBy === undefined ? [] : [secondBy])])
        .map((person) => ({ type: participant('legal'), who: { display: person } })),
    ],
    entity: [{ role: 'source', what: { identifier: { system: SHA256, value: entry.hash }, display: `bytes as received from ${entry.source}` } }],
    ...(checkpoint === undefined || released === null || released >= checkpoint.size ? {} : {
      signature: [{
        type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.5' }], when: checkpoint.at.toISOString(), who: us,
        sigFormat: 'text/plain', data: Buffer.from(checkpoint.note).toString('base64'),
      }],
    }),
  };
}

type Entry = { version: string; kind: string; purpose: string; verdict: string | null; at: string; type: string; id: string; versionId: string | null; hash: string; source: string; ruleSet: string | null };
