import type { Queryable } from '../../storage/connect.ts';
import type { Decision, Signature } from '../../terms/decision.ts';

export type Decided = { step: 'decided'; says: string; at: string; leaf: number | null };

/**
 * Who decided of the findings of a version, for a purpose, before an entry was made and still standing then, and what
 * they signed: from the events of the cases, which are facts. Order: of the decisions.
 */
export async function decidersOf(db: Queryable, entry: Entry): Promise<Decided[]> {
  return (await decisionsBehind(db, entry)).map(({ decision, rules, at, leaf }) => ({ step: 'decided', says: inWords(decision, rules), at, leaf }));
}

type Entry = { version: string; purpose: string; sequence: number };

export async function decisionsBehind(db: Queryable, { version, purpose, sequence }: Entry): Promise<{ decision: Decision; rules: string; at: string; leaf: number | null }[]> {
  const { rows } = await db.query<{ decision: Decision; rules: string; at: string; leaf: number | null }>(
    `with entry as (
       select min(v.id) as event, min(s.at) as at
         from (select first, at from feed_span where first <= $3 order by first desc limit 1) as s
         join event v on v.kind in ('released', 'retracted') and v.span @> s.first and s.first = any(v.covers))
     select c.body -> 'decision' as decision, string_agg(distinct x.rule, ', ') as rules, c.at::text as at, v.leaf::float8 as leaf
       from ruled_version x join ruling r on r.decision_id = x.decision_id join decision d on d.id = x.decision_id cross join entry
       join case_event c on c.exception_id = d.exception_id and c.kind = 'decided' and c.body #>> '{decision,decision}' = d.id::text
       join event v on v.kind = 'decided' and v.span @> c.id and c.id = any(v.covers) and convert_from(v.body, 'UTF8')::jsonb #>> '{covered,0}' = 'case_event'
      where x.version_id = $1 and $2 = any(r.purposes) and v.id < entry.event and (r.ended_at is null or r.ended_at > entry.at)
      group by c.id, c.body, c.at, v.id, v.leaf order by v.id`, [version, purpose, sequence]);
  return rows;
}

function inWords({ disposition, reason, by, signature, secondBy, secondView }: Decision, rules: string): string {
  const second = secondBy === undefined ? '' : `; agreed by ${secondBy}${secondView === undefined ? '' : `: “${secondView.reason}”`}${signed(secondView?.signature)}`;
  return `${disposition} of what ${rules} found, by ${by}: “${reason}”${signed(signature)}${second}`;
}

const signed = (signature: Signature | undefined): string =>
  signature === undefined ? ', not signed' : `, signed by ${signature.name}, ${signature.credential}, on ${signature.at}: “${signature.meaning}”`;
