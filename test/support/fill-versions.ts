import type { Database } from '../../storage/connect.ts';

/** Records of one patient, the last of them a Practitioner in no compartment. */
export const RECORDS_A_PATIENT = 150;
/** One record in so many waits for a person before it may be used for training. */
const HELD = 25;
const CASES = 2_000;
const ITEMS_A_CHUNK = 500;
const LISTS = 1_000;

const record = `case n % ${RECORDS_A_PATIENT} when 0 then 'Patient' when ${RECORDS_A_PATIENT - 1} then 'Practitioner' else case when n % 10 = 3 then 'Encounter' else 'Observation' end end`;
/** The n-th record has the id rN, its patient pN. */
const patient = `'p' || n / ${RECORDS_A_PATIENT}`;
const id = `case when n % ${RECORDS_A_PATIENT} = 0 then ${patient} else 'r' || n end`;

/**
 * A run of the source that landed, judged and released so many versions, written by SQL as the stages write them, without events:
 * each version has an assessment, a verdict or two, and one row of the feed. 4 in 100 wait in cases.
 * @param ruleSet under which they were checked
 * @returns the run
 */
export async function fillVersions(db: Database, source: number, ruleSet: number, count: number): Promise<string> {
  const one = async (sql: string, values: unknown[] = []): Promise<string> => (await db.query<{ id: string }>(sql, values)).rows[0]?.id ?? '';
  const run = await one(
    `insert into run (source_id, started_by, asked, state, phase, finished_at) values ($1, 'fill', '{}', 'completed', 'done', now()) returning id`, [source]);
  const file = await one(`insert into run_file (run_id, name, kind, type, url, state) values ($1, 'all', 'output', null, '', 'done') returning id`, [run]);
  await db.query(
    `insert into finding_list (hash, findings) select sha256(convert_to('list ' || n, 'UTF8')),
            jsonb_build_array(jsonb_build_object('rule', 'value-reference-range', 'ruleVersion', 1, 'outcome', 'wrong', 'scope', 'resource', 'severity', 'warning', 'cause', 'c' || n % ${CASES}))
       from generate_series(1, ${LISTS}) as n`);
  await db.query(
    `insert into version (source_id, run_id, file_id, landed_rule_set, type, logical_id, ordinal, head, hash, bytes, encoding, size, version_id, last_updated, line, patient, refs, finding_list)
     select $1, $2, $3, $4, type, id, 1, true, sha256(convert_to(text, 'UTF8')), convert_to(text, 'UTF8'), 0, length(text), '1', '2026-01-02T03:04:05Z', n + 1,
            case when type = 'Practitioner' then '' else patient end,
            case when type in ('Patient', 'Practitioner') then '{}' else array['Patient/' || patient, 'Practitioner/r' || (n / ${RECORDS_A_PATIENT} + 1) * ${RECORDS_A_PATIENT} - 1] end,
            case when n % 3 = 0 then (select min(l.id) from finding_list l) + n % ${LISTS} end
       from generate_series(0, $5::int - 1) as n
      cross join lateral (select ${record} as type, ${id} as id, ${patient} as patient) as r
      cross join lateral (select case type
             when 'Patient' then format('{"resourceType":"Patient","id":"%s","name":[{"family":"%s","given":["%s"]}],"birthDate":"%s-0%s-1%s"}', id, md5(id), md5(patient || 'g'), 1930 + n / 150 % 80, 1 + n / 150 % 9, n / 150 % 10)
             when 'Practitioner' then format('{"resourceType":"Practitioner","id":"%s"}', id)
             else format('{"resourceType":"%s","id":"%s","status":"final","subject":{"reference":"Patient/%s"},"performer":[{"reference":"Practitioner/r%s"}],"effectiveDateTime":"2025-0%s-11T10:00:00Z","note":[{"text":"%s"}]}',
                         type, id, patient, (n / ${RECORDS_A_PATIENT} + 1) * ${RECORDS_A_PATIENT} - 1, 1 + n % 9, md5(id) || md5(patient)) end as text) as t`,
    [source, run, file, ruleSet, count]);
  await db.query(
    `insert into received_chunk (run_id, file_id, from_line, to_line, received, deletions, skipped, unchanged, became, grew)
     select $1, $2, c * ${ITEMS_A_CHUNK} + 1, (c + 1) * ${ITEMS_A_CHUNK}, ${ITEMS_A_CHUNK}, 0, 0, '{}', '{"Observation": [440, 0], "Encounter": [52, 0], "Patient": [4, 0], "Practitioner": [4, 0]}', ${ITEMS_A_CHUNK} from generate_series(0, $3::int / ${ITEMS_A_CHUNK} - 1) as c`, [run, file, count]);
  await db.query(
    `insert into assessment (version_id, rule_set_id, context_hash, run_id, as_of, finding_list)
     select id, $2, sha256(convert_to(patient, 'UTF8')), run_id, now(), finding_list from version where run_id = $1`, [run, ruleSet]);
  const policy = await one('select max(id) as id from policy');
  await db.query(
    `insert into verdict (run_id, policy_id, assessment_id, version_id, outcome, purposes, flags, because)
     select $1, $2, a.id, v.id, o.outcome, o.purposes, '{}', '{}'
       from version v join assessment a on a.version_id = v.id
      cross join lateral (
            select 'release' as outcome, case when v.line % ${HELD} = 0 then array['care', 'quality', 'payment', 'research'] else array['care', 'quality', 'payment', 'research', 'training'] end as purposes
            union all select 'hold', array['training'] where v.line % ${HELD} = 0) as o
      where v.run_id = $1`, [run, policy]);
  await db.query(
    `insert into feed_span (first, purposes, run_id, kind, version_id, source_id, type, logical_id, verdict_id, rule_set_id, outcome, flags)
     select (select n from feed_head) + 1 + 5 * (v.line - 1) - (v.line - 1) / ${HELD}, d.purposes, $1, 'release', v.id, v.source_id, v.type, v.logical_id, d.id, $2, 'release', '{}'
       from version v join verdict d on d.version_id = v.id and d.outcome = 'release' where v.run_id = $1`, [run, ruleSet]);
  await db.query(
    `insert into feed_tally (source_id, type, purpose, entries, last, last_at)
     select source_id, type, purpose, count(*), max(sequence), max(at) from feed_entry where run_id = $1 group by 1, 2, 3
     on conflict (source_id, type, purpose) do update set entries = feed_tally.entries + excluded.entries, last = excluded.last`, [run]);
  await db.query('update feed_head set n = (select max(first + cardinality(purposes)) - 1 from feed_span)');
  await db.query(
    `insert into exception (source_id, rule, cause, priority, reach, owner, due_at)
     select $1, 'value-reference-range', 'c' || n, 1 + n % 5, 'version', 'mapping', now() + n * interval '1 hour' from generate_series(0, ${CASES} - 1) as n`, [source]);
  await db.query(
    `insert into exception_member (exception_id, version_id, assessment_id, finding, purposes, revision)
     select x.id, d.version_id, d.assessment_id, 0, '{training}', 1
       from verdict d join version v on v.id = d.version_id join exception x on x.source_id = $2 and x.cause = 'c' || v.line / ${HELD} % ${CASES}
      where d.run_id = $1 and d.outcome = 'hold'`, [run, source]);
  await db.query(
    `insert into reference_out (source_id, reference, patient)
     select distinct $1::int, refs[2], patient from version where run_id = $2 and cardinality(refs) = 2`, [source, run]);
  await db.query('insert into subject_key (source_id, patient, key) select distinct source_id, patient, sha256(convert_to(patient, $2)) from version where run_id = $1 on conflict do nothing', [run, 'UTF8']);
  await db.query(`insert into partition (run_id, number, patients, state) select $1, n, array['p' || n], 'released' from generate_series(1, $2::int / 2000) as n`, [run, count]);
  return run;
}
