import type { Validity } from '../terms/decision.ts';
import type { Queryable, Tx } from './connect.ts';
import { ofFacilities, type Facilities } from './queue-filter.ts';
import { received } from './stored-bytes.ts';

export type Candidate = { version: string; source: number; type: string; bytes: Buffer | null; encoding: number; of: number };

/**
 * Of each source and type, versions that were released in the days and that neither the policy holds anything against nor a person
 * was asked about, in an order that the seed makes: the same seed gives the same again. What is only counted (a score, what could
 * not be evaluated) is nothing against them: half of all records have such a note.
 * @param each of a source and type @returns with how many there are of each source and type
 */
export async function cleanReleases(db: Queryable, from: string, until: string, seed: string, each: number): Promise<{ version: string; source: number; type: string; of: number; text: string }[]> {
  const { rows } = await db.query<Candidate>(
    // Ids alone are put in order; the bytes of those that were chosen are read afterwards.
    `select version, source, type, v.bytes, v.encoding, of from (
       select v.id as version, v.source_id as source, v.type, count(*) over (partition by v.source_id, v.type)::int as of,
              row_number() over (partition by v.source_id, v.type order by sha256(convert_to($3 || ' ' || v.id, 'UTF8'))) as place
         from version v
        where v.bytes is not null
          and exists (select from verdict d where d.version_id = v.id and d.current and d.outcome = 'release')
          and not exists (select from verdict d where d.version_id = v.id and d.current and d.outcome <> 'release')
          and not exists (select from exception_member m where m.version_id = v.id)
          and exists (select from feed_span e where e.version_id = v.id and e.kind = 'release'
                and e.at >= $1::date and e.at < $2::date + 1)) as ordered
      cross join lateral (select one.bytes, one.encoding from version one where one.id = ordered.version offset 0) as v
      where place <= $4 order by source, type, place`, [from, until, seed, each]);
  return rows.flatMap(({ bytes, encoding, ...row }) => bytes === null ? [] : [{ ...row, text: received({ bytes, encoding }).toString('utf8') }]);
}

export type Sampled = { version: string; source: number; type: string; author: 'human' | 'ai' };
/** What a sample was drawn from. */
export type SampledStratum = Pick<Sampled, 'source' | 'type' | 'author'> & { records: number };

/** @returns undefined where the period has its sample already */
export async function keepSample(tx: Tx, sample: { from: string; until: string; seed: string; by: string }, items: readonly Sampled[], from: readonly SampledStratum[]): Promise<string | undefined> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    `insert into sample (from_day, until_day, seed, size, drawn_by) values ($1, $2, $3, $4, $5) on conflict do nothing returning id`,
    [sample.from, sample.until, sample.seed, items.length, sample.by]);
  if (row === undefined) return undefined;
  await tx.query(
    `insert into review_item (kind, sample_id, version_id, source_id, type, author)
     select 'sample', $1, version, source, type, author from unnest($2::bigint[], $3::int[], $4::text[], $5::text[]) as i (version, source, type, author)`,
    [row.id, items.map((one) => one.version), items.map((one) => one.source), items.map((one) => one.type), items.map((one) => one.author)]);
  await tx.query(
    `insert into sample_stratum (sample_id, source_id, type, author, records)
     select $1, source, type, author, records from unnest($2::int[], $3::text[], $4::text[], $5::int[]) as s (source, type, author, records)`,
    [row.id, from.map((one) => one.source), from.map((one) => one.type), from.map((one) => one.author), from.map((one) => one.records)]);
  return row.id;
}

/** Decisions whose second look is due: a share of them, chosen by their own hash. A repeated call adds nothing. */
export async function openSecondLooks(db: Queryable, share: number): Promise<void> {
  await db.query(
    `insert into review_item (kind, decision_id)
     select 'second-look', d.id from decision d
      where d.state = 'effective' and d.decided_at > now() - interval '30 days'
        and get_byte(sha256(convert_to(d.id::text, 'UTF8')), 0) * 256 + get_byte(sha256(convert_to(d.id::text, 'UTF8')), 1) < 65536 * $1::float
     on conflict do nothing`, [share]);
}

export type ReviewItem = {
  item: string; kind: 'sample' | 'second-look' | 'known-answer'; version: string | null; exception: string | null; known: string | null;
  rule: string | null; says: string | null; type: string | null; source: string | null;
};

const itemColumns = `i.id as item, i.kind, i.version_id as version, d.exception_id as exception, i.known_id as known, coalesce(e.rule, k.rule) as rule,
  k.says, coalesce(i.type, k.type) as type, s.name as source`;
const itemJoins = `review_item i left join decision d on d.id = i.decision_id left join exception e on e.id = d.exception_id
  left join known_answer k on k.id = i.known_id left join source s on s.id = coalesce(i.source_id, e.source_id)`;

/** What a person may take: never his own decisions, nor those of a case in which he had a hand. */
const free = (person: string, facilities: string): string =>
  `from review_item i left join decision d on d.id = i.decision_id left join exception e on e.id = d.exception_id
    where i.answered_at is null and (i.reviewer is null or i.taken_at < now() - interval '1 day' and i.known_id is null and i.reviewer <> ${person})
      and (d.id is null or (d.by_person <> ${person} and d.body ->> 'secondBy' is distinct from ${person}))
      and ${ofFacilities('coalesce(i.source_id, e.source_id)', facilities)}
      and not exists (select from case_event c where c.exception_id = e.id and c.by_person = ${person})`;

/** Takes items for the person to look at: his own, filled up to `count` with what nobody has taken, never his own decisions. */
export async function takeItems(tx: Tx, person: string, count: number, facilities: readonly string[] | null): Promise<ReviewItem[]> {
  await tx.query(
    `insert into review_item (kind, known_id, reviewer, taken_at)
     select 'known-answer', k.id, $1, now() from known_answer k where k.added_by <> $1
        and not exists (select from review_item i where i.known_id = k.id and i.reviewer = $1) order by k.id limit 1 on conflict do nothing`, [person]);
  await tx.query(
    `update review_item set reviewer = $1, taken_at = now() where id in (
       select i.id ${free('$1', '$3')}
        order by i.id limit greatest(0, $2 - (select count(*)::int from review_item m where m.reviewer = $1 and m.answered_at is null))
        for update of i skip locked)`, [person, count, facilities]);
  return itemsOf(tx, person, count);
}

/** What the person has taken and not answered. */
export async function itemsOf(db: Queryable, person: string, count: number): Promise<ReviewItem[]> {
  const { rows } = await db.query<ReviewItem>(
    `select ${itemColumns} from ${itemJoins} where i.reviewer = $1 and i.answered_at is null order by i.id limit $2`, [person, count]);
  return rows;
}

/** How many the person could take: nobody has them, or nobody has answered them for a day. */
export async function freeItems(db: Queryable, person: string, facilities: Facilities): Promise<number> {
  const { rows: [row] } = await db.query<{ n: number }>(`select count(*)::int as n ${free('$1', '$2')}`, [person, facilities]);
  return row?.n ?? 0;
}

/** Whether the person has been given a second look at a decision of the case, and has not spoken yet: until then its reasons are not for him. */
export async function looksBlind(db: Queryable, person: string, exception: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from review_item i join decision d on d.id = i.decision_id where d.exception_id = $2 and i.reviewer = $1 and i.answered_at is null limit 1', [person, exception]);
  return rowCount === 1;
}

export async function itemOf(db: Queryable, item: string, person: string): Promise<ReviewItem | undefined> {
  const { rows: [row] } = await db.query<ReviewItem>(
    `select ${itemColumns} from ${itemJoins} where i.id = $1 and i.reviewer = $2 and i.answered_at is null`, [item, person]);
  return row;
}

export async function addKnownAnswer(db: Queryable, given: { rule: string; says: string; type: string; text: string; validity: Validity; by: string }): Promise<void> {
  await db.query('insert into known_answer (rule, says, type, text, validity, added_by) values ($1, $2, $3, $4, $5, $6)',
    [given.rule, given.says, given.type, given.text, given.validity, given.by]);
}

export async function knownText(db: Queryable, known: string): Promise<{ type: string; text: string } | undefined> {
  const { rows: [row] } = await db.query<{ type: string; text: string }>('select type, text from known_answer where id = $1', [known]);
  return row;
}

/** Versions that a second look has before it, as the decision had. */
export async function decidedVersions(db: Queryable, exception: string, limit: number): Promise<{ version: string; type: string; id: string }[]> {
  const { rows } = await db.query<{ version: string; type: string; id: string }>(
    `select distinct v.id as version, v.type, v.logical_id as id from exception_member m join version v on v.id = m.version_id
      where m.exception_id = $1 and v.bytes is not null order by v.id limit $2`, [exception, limit]);
  return rows;
}

export async function answerItem(tx: Tx, item: string, person: string, answer: { wrong: boolean | null; validity: Validity | null; reason: string }): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update review_item set wrong = $3, validity = $4, reason = $5, answered_at = now() where id = $1 and reviewer = $2 and answered_at is null`,
    [item, person, answer.wrong, answer.validity, answer.reason]);
  return rowCount === 1;
}

export type Stratum = { sample: string; from: string; until: string; seed: string; source: string; type: string; author: 'human' | 'ai'; drawn: number; reviewed: number; escaped: number;
  /** That it stands for; of samples from before this was counted, those drawn. */
  records: number };

export async function strata(db: Queryable, facilities: Facilities = null): Promise<Stratum[]> {
  const { rows } = await db.query<Stratum>(
    `select p.id as sample, p.from_day::text as from, p.until_day::text as until, p.seed, s.name as source, i.type, i.author,
            count(*)::int as drawn, count(i.answered_at)::int as reviewed, (count(*) filter (where i.wrong))::int as escaped, coalesce(max(t.records), count(*))::int as records
       from sample p join review_item i on i.sample_id = p.id join source s on s.id = i.source_id
       left join sample_stratum t on t.sample_id = p.id and t.source_id = i.source_id and t.type = i.type and t.author = i.author
      where ${ofFacilities('i.source_id', '$1')} group by p.id, s.name, i.type, i.author order by p.from_day desc, s.name, i.type, i.author`, [facilities]);
  return rows;
}

/** What two people who did not know of each other said of one case. */
export async function secondLooks(db: Queryable, days: number, facilities: Facilities = null): Promise<{ first: string; second: string }[]> {
  const { rows } = await db.query<{ first: string; second: string }>(
    `select d.validity as first, i.validity as second from review_item i join decision d on d.id = i.decision_id join exception e on e.id = d.exception_id
      where i.answered_at > now() - $1 * interval '1 day' and i.validity is not null and ${ofFacilities('e.source_id', '$2')}`, [days, facilities]);
  return rows;
}

/** Of what was landed in the last days and has a verdict for a purpose: how much no person had to look at. */
export async function settledByMachine(db: Queryable, days: number, facilities: Facilities = null): Promise<{ machine: number; of: number }> {
  const { rows: [row] } = await db.query<{ machine: number; of: number }>(
    `select count(*)::int as of, (count(*) filter (where m.version_id is null))::int as machine
       from version v join assessment a on a.version_id = v.id and a.current
       left join (select distinct version_id from exception_member) as m on m.version_id = v.id
      where v.landed_at > now() - $1 * interval '1 day' and not v.deletion and ${ofFacilities('v.source_id', '$2')}`, [days, facilities]);
  return row ?? { machine: 0, of: 0 };
}

/** Of the known answers a person met: how many he gave. */
export async function hitRate(db: Queryable, person: string): Promise<{ hits: number; of: number }> {
  const { rows: [row] } = await db.query<{ hits: number; of: number }>(
    `select count(*)::int as of, (count(*) filter (where i.validity = k.validity))::int as hits
       from review_item i join known_answer k on k.id = i.known_id where i.reviewer = $1 and i.answered_at is not null`, [person]);
  return row ?? { hits: 0, of: 0 };
}

export type Productivity = { rule: string; decided: number; medianMinutes: number | null; reopened: number; secondLooked: number; agreed: number };

/** A person's own work, by type of case: decided, median time from his first opening of a record to his view, taken back since, second looks. */
export async function productivity(db: Queryable, person: string, days: number): Promise<Productivity[]> {
  const { rows } = await db.query<Productivity>(
    `select e.rule, count(*)::int as decided,
            percentile_cont(0.5) within group (order by extract(epoch from d.decided_at - opened.at) / 60) as "medianMinutes",
            (count(*) filter (where d.state = 'reversed'))::int as reopened, count(i.answered_at)::int as "secondLooked",
            (count(*) filter (where i.validity = d.validity))::int as agreed
       from decision d join exception e on e.id = d.exception_id
       left join lateral (select min(v.at) as at from record_view v where v.exception_id = e.id and v.person = $1 and v.at < d.decided_at) as opened on true
       left join review_item i on i.decision_id = d.id
      where d.by_person = $1 and d.decided_at > now() - $2 * interval '1 day' and d.state in ('pending', 'effective', 'reversed')
      group by e.rule order by e.rule`, [person, days]);
  return rows;
}
