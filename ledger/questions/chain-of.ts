import type { Queryable } from '../../storage/connect.ts';
import { chainWith, type StoredChain } from '../../storage/ledger-chains.ts';
import { namedSubject, patientSubject } from '../verify/chains.ts';
import { hmacKey } from '../verify/hmac.ts';
import type { PatientKey } from './answer.ts';

/** Of whom an answer is: each has a chain of everything that touched it. */
export type Whose = PatientKey | { readonly consumer: number } | { readonly viewer: string };

export async function subjectOf(db: Queryable, whose: Whose): Promise<Buffer | undefined> {
  if ('consumer' in whose) return namedSubject('consumer', whose.consumer);
  if ('viewer' in whose) return namedSubject('viewer', whose.viewer);
  const { rows: [row] } = await db.query<{ key: Buffer }>('select key from subject_key where source_id = $1 and patient = $2', [whose.source, whose.patient]);
  return row === undefined ? undefined : patientSubject(hmacKey(row.key));
}

export async function chainOf(db: Queryable, whose: Whose): Promise<StoredChain | undefined> {
  const subject = await subjectOf(db, whose);
  return subject === undefined ? undefined : chainWith(db, subject);
}
export const chainOfPatient = (db: Queryable, key: PatientKey): Promise<StoredChain | undefined> => chainOf(db, key);

export type Linked = { leaf: number; at: string; body: Readonly<Record<string, unknown>> };

/** Events of a kind that the chain links. */
export async function linkedEvents(db: Queryable, chain: string, kind: string): Promise<Linked[]> {
  const { rows } = await db.query<{ leaf: number; at: string; body: Buffer }>(
    `select e.leaf::float8 as leaf, e.at::text as at, e.body from ledger_link l join event e on e.leaf = l.leaf
      where l.chain_id = $1 and e.kind = $2 order by l.n`, [chain, kind]);
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body.toString('utf8')) as Record<string, unknown> }));
}
