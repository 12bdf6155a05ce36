import type { Queryable } from '../../storage/connect.ts';
import { scheduleNamed, writtenAt } from '../../storage/retention.ts';
import { AssayError } from '../../terms/errors.ts';
import type { Answer } from './answer.ts';

const LIMIT = 1_000;

/** Whose newest record is older than a schedule's years, and no legal hold is on it: the oldest first. @throws AssayError ASSAY_SCHEDULE_UNKNOWN */
export async function retentionOver(db: Queryable, schedule: string, source?: number): Promise<Answer<Over>> {
  const known = await scheduleNamed(db, schedule);
  if (known === undefined) throw new AssayError('ASSAY_SCHEDULE_UNKNOWN');
  const { rows } = await db.query<Over>(
    `select s.name as source, v.patient, count(*)::int as versions, max(${writtenAt('v')})::text as newest
       from version v join source s on s.id = v.source_id
      where v.patient <> '' and ($2::int is null or v.source_id = $2)
        and not exists (select from destruction d where d.source_id = v.source_id and d.stands_in = v.patient)
        and not exists (select from legal_hold h where h.source_id = v.source_id and h.patient = v.patient and h.lifted_at is null)
      group by s.name, v.patient having max(${writtenAt('v')}) + make_interval(years => $1) <= now() order by max(${writtenAt('v')}) limit ${LIMIT}`, [known.years, source ?? null]);
  return {
    asks: `Whose records are older than the ${known.years} years of “${schedule}”?`, columns, rows,
    leavesOut: ['Records under a legal hold are not listed.', ...(rows.length === LIMIT ? [`Only the oldest ${LIMIT} are listed.`] : [])],
  };
}

type Over = { source: string; patient: string; versions: number; newest: string };
const columns = { source: 'Source', patient: 'Patient', versions: 'Versions of records', newest: 'The newest is of' } as const;
