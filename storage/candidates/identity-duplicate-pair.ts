import type { PairDecision } from '../../terms/decision.ts';
import type { Queryable, Tx } from '../connect.ts';

/** What a block of more records than this, a source, has in common says nothing of any two of them. */
const LARGEST_BLOCK = 200;

export type Pair = { one: string; other: string };

/**
 * Pairs that share a block, of which one is in the batch: with every person compared before, and with
 * those of the batch and of earlier row ids that are not. Each pair comes up once.
 * @param sources of one person system, the batch's among them
 * @param batch unjudged persons, the oldest rows first
 */
export async function pairsToCompare(db: Queryable, sources: readonly number[], batch: readonly string[]): Promise<Pair[]> {
  const { rows } = await db.query<Pair>(
    `with mine as (select block, key_id from patient_block where key_id = any($2)),
          telling as (select m.block from (select distinct block from mine) as m
                       where (select count(*) from (select from patient_block b where b.source_id = any($1) and b.block = m.block limit $3::int + 1) as few) <= $3)
     select distinct least(m.key_id, b.key_id) as one, greatest(m.key_id, b.key_id) as other
       from mine m join telling using (block)
       join patient_block b on b.source_id = any($1) and b.block = m.block and b.key_id <> m.key_id
       join patient_key p on p.id = b.key_id
      where p.judged or b.key_id < m.key_id`, [sources, batch, LARGEST_BLOCK * sources.length]);
  return rows;
}

export type KnownPair = Pair & { score: number; different: boolean };

/** The pairs on record in which one of the persons is. `different`: so decided, and both are as they were then. */
export async function pairsOf(db: Queryable, persons: readonly string[]): Promise<KnownPair[]> {
  const { rows } = await db.query<KnownPair>(
    `select k.one, k.other, k.score, coalesce(k.decision = 'different' and k.one_digest = a.digest and k.other_digest = b.digest, false) as different
       from patient_pair k join patient_key a on a.id = k.one join patient_key b on b.id = k.other
      where k.one = any($1) or k.other = any($1)`, [persons]);
  return rows;
}

/** These are the pairs of the batch; others of it are none any more, what was decided of them stays. */
export async function keepPairs(tx: Tx, batch: readonly string[], pairs: readonly (Pair & { score: number })[]): Promise<void> {
  await tx.query(
    `delete from patient_pair k where (k.one = any($1) or k.other = any($1)) and k.decision is null
        and not exists (select from unnest($2::bigint[], $3::bigint[]) as pair (one, other) where pair.one = k.one and pair.other = k.other)`,
    [batch, pairs.map((pair) => pair.one), pairs.map((pair) => pair.other)]);
  await tx.query(
    `insert into patient_pair (one, other, score) select * from unnest($1::bigint[], $2::bigint[], $3::real[])
     on conflict (one, other) do update set score = excluded.score`,
    [pairs.map((pair) => pair.one), pairs.map((pair) => pair.other), pairs.map((pair) => pair.score)]);
}

/** A person has decided what two records are; it is remembered with what they said then. @returns false: no such pair */
export async function decidePair(tx: Tx, pair: Pair, decision: PairDecision, by: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update patient_pair k set decision = $3, decided_by = $4, decided_at = now(), one_digest = a.digest, other_digest = b.digest
       from patient_key a, patient_key b where k.one = $1 and k.other = $2 and a.id = k.one and b.id = k.other`,
    [pair.one, pair.other, decision, by]);
  await tx.query('update patient_key set judged = false where id = any($1)', [[pair.one, pair.other]]);
  return rowCount === 1;
}

/**
 * A case about records that may be one person was decided, and with it each of its pairs, those with records of another source too; undefined: the decision was taken
 * back, and nobody has said anything of what it said. They are judged again by the next run.
 */
export async function decidePairsOfCase(tx: Tx, exception: string, decision: PairDecision | undefined, by: string): Promise<number> {
  const { rows } = await tx.query<Pair>(
    `with persons as (select p.id from exception_member m join version v on v.id = m.version_id
        join patient_key p on p.source_id = v.source_id and p.logical_id = v.logical_id where m.exception_id = $1 and v.type = 'Patient')
     update patient_pair k set decision = $2::text, decided_by = case when $2::text is null then null else $3::text end, decided_at = case when $2::text is null then null else now() end,
            one_digest = case when $2::text is null then null else a.digest end, other_digest = case when $2::text is null then null else b.digest end
       from patient_key a, patient_key b
      where a.id = k.one and b.id = k.other and (k.one in (select id from persons) or k.other in (select id from persons))
        and (a.source_id <> b.source_id or (k.one in (select id from persons) and k.other in (select id from persons)))
        and ($2::text is not null or k.decided_by = $3::text) returning k.one, k.other`, [exception, decision ?? null, by]);
  await tx.query('update patient_key set judged = false where id = any($1)', [rows.flatMap(({ one, other }) => [one, other])]);
  return rows.length;
}
