import type { Purpose } from '../terms/purpose.ts';
import type { Queryable } from './connect.ts';

/** What happened to a resource, or to a patient's, in the order of time: ids and codes, never a value. */
export type Step = {
  at: Date; step: 'received' | 'deleted' | 'assessed' | 'held' | 'decided' | 'released' | 'retracted' | 'stale' | 'consumed' | 'opened';
  type: string; id: string; version: string; ordinal: number;
  run: string | null; exception: string | null; rule: string | null; purposes: Purpose[] | null; consumer: string | null; person: string | null; sequence: string | null; detail: string | null;
};

/** @param asked one resource, or (patient) all that is in the compartment; the newest `limit` steps */
export async function lineage(db: Queryable, asked: { source: string; type: string; id: string; patient: boolean }, limit: number): Promise<Step[]> {
  const { rows } = await db.query<Step>(
    `with mine as (
       select v.* from version v join source s on s.id = v.source_id
        where s.name = $1 and (($4 and v.patient = $3) or (v.type = $2 and v.logical_id = $3)) order by v.id desc limit 5000),
     steps as (
       select landed_at as at, case when deletion then 'deleted' else 'received' end as step, id as version, run_id as run, null::bigint as exception, null::text as rule,
              null::text[] as purposes, null::text as consumer, null::text as person, null::bigint as sequence, null::text as detail from mine
       union all
       select d.at, 'assessed', d.version_id, d.run_id, null, null, d.purposes, null, null, null, d.outcome from verdict d where d.version_id in (select id from mine)
       union all
       select e.opened_at, 'held', m.version_id, null, e.id, e.rule, m.purposes, null, null, null, e.state from exception_member m join exception e on e.id = m.exception_id where m.version_id in (select id from mine)
       union all
       select d.decided_at, 'decided', x.version_id, null, d.exception_id, x.rule, array(select jsonb_array_elements_text(d.body -> 'purposes')), null, d.by_person, null, d.disposition || ':' || d.state
         from ruled_version x join decision d on d.id = x.decision_id where x.version_id in (select id from mine)
       union all
       select e.at, case e.kind when 'release' then 'released' when 'retraction' then 'retracted' else 'stale' end, e.version_id, e.run_id, null, null, array[e.purpose], null, null, e.sequence, e.reason
         from feed_entry e where e.version_id in (select id from mine)
       union all
       select n.at, 'consumed', e.version_id, null, null, null, array[e.purpose], c.name, null, e.sequence, e.kind
         from feed_entry e join consumer c on c.purpose = e.purpose join consumption n on n.consumer_id = c.id and e.sequence between n.from_sequence and n.to_sequence
        where e.version_id in (select id from mine)
       union all
       select w.at, 'opened', w.version_id, null, w.exception_id, null, null, null, w.person, null, null from record_view w where w.version_id in (select id from mine))
     select steps.*, mine.type, mine.logical_id as id, mine.ordinal from steps join mine on mine.id = steps.version order by steps.at desc, steps.sequence desc nulls last limit $5`,
    [asked.source, asked.type, asked.id, asked.patient, limit]);
  return rows;
}
