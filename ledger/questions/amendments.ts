import type { Queryable } from '../../storage/connect.ts';
import type { Answer, PatientKey } from './answer.ts';

const LIMIT = 1_000;

/** Each step of each request to amend (45 CFR 164.526), newest request first: of which records, who was told, and whether the source has sent them anew. */
export async function amendments(db: Queryable, of?: PatientKey): Promise<Answer<Step>> {
  const { rows } = await db.query<Step>(
    `select coalesce(a.request, a.id)::text as request, a.step, s.name as source, a.patient, a.says, a.by_person as who, a.at::text as at,
            array_to_string(array(select distinct v.type || '/' || v.logical_id from version v where v.id = any(a.versions) order by 1), ', ') as records,
            (select count(*)::int from amendment_notice n where n.amendment_id = a.id) as told,
            (select string_agg(c.name, ', ' order by c.name) from amendment_notice n join consumer c on c.id = n.consumer_id where n.amendment_id = a.id and n.noted_at is null) as waiting,
            not exists (select from version v where v.id = any(a.versions) and not exists (
              select from version o where o.source_id = v.source_id and o.type = v.type and o.logical_id = v.logical_id and o.ordinal > v.ordinal)) as amended
       from amendment a join source s on s.id = a.source_id
      where $1::int is null or (a.source_id = $1 and a.patient = $2)
      order by coalesce(a.request, a.id) desc, a.id limit ${LIMIT}`, [of?.source ?? null, of?.patient ?? null]);
  return { asks: 'Which amendments were asked for, and what became of them?', columns, rows, leavesOut: rows.length === LIMIT ? [`Only the newest ${LIMIT} steps are listed.`] : [] };
}

type Step = { request: string; step: string; source: string; patient: string; records: string; says: string; who: string; at: string; told: number; waiting: string | null; amended: boolean };
const columns = {
  request: 'Request', step: 'Step', source: 'Source', patient: 'Patient', records: 'Records', says: 'What was said', who: 'Entered by', at: 'When',
  told: 'Recipients told', waiting: 'Have not taken note', amended: 'The source has sent newer versions since',
} as const;
