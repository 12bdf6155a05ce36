import type { Queryable } from '../../storage/connect.ts';
import type { Answer } from './answer.ts';

const LIMIT = 1_000;

/** The certificates of destructions, newest first. They do not say whose records these were. */
export async function destructions(db: Queryable): Promise<Answer<Certificate>> {
  const { rows } = await db.query<Certificate>(
    `select d.id::text as certificate, d.at::text as at, d.by_person as who, d.schedule, d.because, s.name as source, d.versions, d.rows, encode(d.erased, 'hex') as root,
            (select min(e.leaf)::float8 from event e where e.kind = 'destroyed' and d.id = any(e.covers)) as leaf
       from destruction d join source s on s.id = d.source_id order by d.id desc limit ${LIMIT}`);
  return { asks: 'What was destroyed, under which certificate?', columns, rows, leavesOut: rows.length === LIMIT ? [`Only the newest ${LIMIT} are listed.`] : [] };
}

export type Certificate = { certificate: string; at: string; who: string; schedule: string; because: string; source: string; versions: number; rows: number; root: string; leaf: number | null };
const columns = {
  certificate: 'Certificate', at: 'When', who: 'By', schedule: 'Under the schedule', because: 'Why', source: 'Source', versions: 'Versions of records', rows: 'Rows of the store',
  root: 'Root over those rows', leaf: 'Leaf of the ledger that proves it',
} as const;
