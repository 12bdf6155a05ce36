import type { Queryable } from '../../storage/connect.ts';
import { namesOfRule } from '../../storage/rule-sets.ts';
import type { Answer } from './answer.ts';

const LIMIT = 1_000;

/** Question 4: what was released while a rule had one version, and fails the rule's later version? From stored re-assessments. */
export async function failingSince(db: Queryable, { rule, released, failing }: { rule: string; released: number; failing: number }): Promise<Answer<Failing>> {
  const { rows } = await db.query<Failing>(
    `select e.sequence::float8 as sequence, e.type, e.logical_id as id, e.purpose, e.at::text as published, a.id as assessment, e.version_id as version
       from finding_list l join assessment a on a.finding_list = l.id join feed_entry e on e.version_id = a.version_id and e.kind = 'release' join rule_set r on r.id = e.rule_set_id
      where finding_rules(l.findings) ?| ${namesOfRule('$1')}
        and exists (select from jsonb_array_elements(l.findings) as f
                     where (f ->> 'rule' = $1 or starts_with(f ->> 'rule', $1 || '/')) and (f ->> 'ruleVersion')::int = $3 and f ->> 'outcome' = 'wrong')
        and r.parts ->> ('rule ' || $1) = $2::text
      order by e.sequence limit ${LIMIT + 1}`, [rule, String(released), failing]);
  return {
    asks: `What was released under ${rule} version ${released} and fails version ${failing}?`, columns, rows: rows.slice(0, LIMIT),
    leavesOut: [
      ...(rows.length > LIMIT ? [`Only the first ${LIMIT} are listed.`] : []),
      'Records that were not assessed again under the later version are not looked at: `assay reassess` does that.',
    ],
  };
}

type Failing = { sequence: number; type: string; id: string; purpose: string; published: string; assessment: string; version: string };
const columns = {
  sequence: 'Number in the feeds', type: 'Kind of record', id: 'Its id', purpose: 'Purpose', published: 'Released on', assessment: 'Assessment that fails', version: 'Version',
} as const;
