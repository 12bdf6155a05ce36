import type { Database } from '../../storage/connect.ts';
import { finding, heldCase } from './held-cases.ts';

const owners = ['registration', 'documentation', 'mapping', 'coding', 'identity', 'ai', 'privacy'];

/**
 * Fills the work queue: cases are copied by SQL from some that came the product's own way, three records in two cases,
 * over six sources and forty rules, with ages to 60 days and due dates before and after now. @returns what they are of
 */
export async function fillQueue(db: Database, cases: number): Promise<{ sources: string[]; rules: string[] }> {
  const made = [];
  for (let n = 0; n < 6; n++) made.push(await heldCase(db, ['a'], {}, finding(`rule-${n}`)));
  const sources = made.map(({ source }) => source);
  const rules = Array.from({ length: 40 }, (_, n) => `rule-${n}`);
  await db.query(
    `insert into exception (source_id, rule, cause, priority, reach, owner, opened_at, due_at, assignee)
     select o.source_id, 'rule-' || n % 40, case when n % 7 = 5 then 'Condition by scribe-' || n else 'department ' || n end,
            case when n % 50 = 0 then 1 else 2 + n % 4 end, 'version', ($3::text[])[1 + n % 7],
            now() - (n % 60) * interval '1 day', now() + ((n * 7919) % 60 - 20) * interval '1 day', case n % 1000 when 0 then 'mara' when 1 then 'theo' end
       from generate_series(1, $2) as n
       join (select row_number() over (order by id) - 1 as place, id as source_id from source where name = any($1)) as o on o.place = n % 6`, [sources, cases, owners]);
  // Records of their own: no two cases share one.
  await db.query(
    `with sample as (select distinct on (v.source_id) v.source_id, v.type, v.hash, v.bytes, v.encoding, v.size, v.run_id, v.file_id, v.patient, v.refs, a.rule_set_id, a.finding_list
                       from version v join assessment a on a.version_id = v.id join exception e on e.source_id = v.source_id order by v.source_id, v.id),
          wanted as (
            select e.id as exception_id, e.source_id, r as record, e.id * 2 + r as line from exception e cross join generate_series(0, 1) as r
             where e.rule like 'rule-%' and (r = 0 or e.id % 2 = 0) and not exists (select from exception_member m where m.exception_id = e.id)),
          versions as (
            insert into version (source_id, type, logical_id, ordinal, head, hash, bytes, encoding, size, run_id, file_id, line, patient, refs)
            select w.source_id, case when w.exception_id % 500 = 0 then 'Procedure' else s.type end, 'q-' || w.line, 1, true, s.hash, s.bytes, s.encoding, s.size,
                   s.run_id, s.file_id, 1000 + w.line, s.patient, s.refs
              from wanted w join sample s on s.source_id = w.source_id returning id, source_id, line),
          assessments as (
            insert into assessment (version_id, rule_set_id, context_hash, run_id, as_of, finding_list)
            select v.id, s.rule_set_id, ''::bytea, s.run_id, now(), s.finding_list from versions v join sample s on s.source_id = v.source_id returning id, version_id)
     insert into exception_member (exception_id, version_id, assessment_id, finding, purposes, revision)
     select w.exception_id, v.id, a.id, 0, case w.exception_id % 3 when 0 then '{care}'::text[] when 1 then '{training,research}'::text[] else '{care,payment,quality,research,training}'::text[] end, 1
       from wanted w join versions v on v.source_id = w.source_id and v.line = 1000 + w.line join assessments a on a.version_id = v.id`);
  await db.query('vacuum analyze exception, exception_member, version, assessment');
  return { sources, rules };
}
