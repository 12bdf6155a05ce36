import type { Queryable } from '../../storage/connect.ts';
import type { Answer } from './answer.ts';

const LIMIT = 1_000;

/** Legal holds: those that last first. */
export async function legalHolds(db: Queryable): Promise<Answer<Hold>> {
  const { rows } = await db.query<Hold>(
    `select s.name as source, h.patient, h.because, h.by_person as who, h.placed_at::text as placed, h.lifted_by as "liftedBy", h.lifted_at::text as lifted
       from legal_hold h join source s on s.id = h.source_id order by h.lifted_at is not null, h.id desc limit ${LIMIT}`);
  return { asks: 'Whose records may not be destroyed, and why?', columns, rows, leavesOut: rows.length === LIMIT ? [`Only ${LIMIT} are listed.`] : [] };
}

type Hold = { source: string; patient: string; because: string; who: string; placed: string; liftedBy: string | null; lifted: string | null };
const columns = { source: 'Source', patient: 'Patient', because: 'Why', who: 'Placed by', placed: 'Since', liftedBy: 'Lifted by', lifted: 'Until' } as const;
