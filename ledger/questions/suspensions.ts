import type { Queryable } from '../../storage/connect.ts';
import type { Answer } from './answer.ts';

const LIMIT = 1_000;

/** What agencies asked to leave out of accountings of disclosures (45 CFR 164.528(a)(2)): what lasts first. */
export async function suspensions(db: Queryable): Promise<Answer<Suspended>> {
  const { rows } = await db.query<Suspended>(
    `select c.name as consumer, s.name as source, nullif(a.patient, '') as patient, a.because, a.from_at::text as from, a.until_at::text as until, a.by_person as who, a.until_at > now() as lasts
       from accounting_suspension a join consumer c on c.id = a.consumer_id left join source s on s.id = a.source_id order by a.until_at <= now(), a.id desc limit ${LIMIT}`);
  return { asks: 'What is left out of accountings, and until when?', columns, rows, leavesOut: rows.length === LIMIT ? [`Only ${LIMIT} are listed.`] : [] };
}

type Suspended = { consumer: string; source: string | null; patient: string | null; because: string; from: string; until: string; who: string; lasts: boolean };
const columns = { consumer: 'Given to', source: 'Source', patient: 'Of this patient; empty: of all', because: 'Why', from: 'From', until: 'Until', who: 'Entered by', lasts: 'Lasts now' } as const;
