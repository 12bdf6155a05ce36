import type { Queryable } from './connect.ts';

export type PairView = {
  source: string; one: string; /** The source of `other`. */ otherSource: string; other: string; score: number; decision: 'same' | 'different' | 'cannot-tell' | null; decidedBy: string | null; decidedAt: Date | null;
  /** The demographics are not those that the decision saw. */
  changedSince: boolean;
};

/** Pairs of patients that may be one person, by logical ids; those that nobody decided first, the most alike first. */
export async function pairs(db: Queryable, limit: number, source?: string): Promise<PairView[]> {
  const { rows } = await db.query<PairView>(
    `select s.name as source, a.logical_id as one, o.name as "otherSource", b.logical_id as other, k.score, k.decision, k.decided_by as "decidedBy", k.decided_at as "decidedAt",
            coalesce(k.one_digest <> a.digest or k.other_digest <> b.digest, false) as "changedSince"
       from patient_pair k join patient_key a on a.id = k.one join patient_key b on b.id = k.other join source s on s.id = a.source_id join source o on o.id = b.source_id
      where $2::text is null or $2 in (s.name, o.name) order by k.decision is not null, k.score desc, k.one, k.other limit $1`, [limit, source ?? null]);
  return rows;
}

/** The pair's row ids, and its source; with two sources either names it. */
export async function pairOf(db: Queryable, source: string, one: string, other: string): Promise<{ source: number; one: string; other: string } | undefined> {
  const { rows: [row] } = await db.query<{ source: number; one: string; other: string }>(
    `select s.id as source, k.one, k.other from patient_pair k join patient_key a on a.id = k.one join patient_key b on b.id = k.other join source s on s.id in (a.source_id, b.source_id)
      where s.name = $1 and ((a.logical_id = $2 and b.logical_id = $3) or (a.logical_id = $3 and b.logical_id = $2))`, [source, one, other]);
  return row;
}
