import type { Queryable } from '../../storage/connect.ts';
import type { Answer, PatientKey } from './answer.ts';
import { entriesOfPatient, given } from './given.ts';

/** Question 3a: everything that went anywhere about a patient: released, given, taken back. */
export async function wentOfPatient(db: Queryable, { source, patient }: PatientKey): Promise<Answer<Went>> {
  const { rows } = await db.query<Went>(
    `select e.sequence::float8 as sequence, e.kind, e.type, e.logical_id as id, e.purpose, e.at::text as published, g.consumer, g.feed, g.at::text as given,
            e.version_id as version
       from ${entriesOfPatient('$1', '$2')} left join lateral (${given('e')}) as g on true
      order by e.sequence, g.at`, [source, patient]);
  return { asks: 'What went anywhere about this patient?', columns, rows, leavesOut: [] };
}

type Went = { sequence: number; kind: string; type: string; id: string; purpose: string; published: string; consumer: string | null; feed: string | null; given: string | null; version: string };
const columns = {
  sequence: 'Number in the feeds', kind: 'Released, taken back, or said to be stale', type: 'Kind of record', id: 'Its id', purpose: 'Purpose',
  published: 'In the feeds since', consumer: 'Given to', feed: 'By the feed', given: 'At', version: 'Version',
} as const;
