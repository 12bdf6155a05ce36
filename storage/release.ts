import type { Purpose } from '../terms/purpose.ts';
import type { VerdictOutcome } from '../terms/verdict.ts';
import { bigints, integers, texts } from './array-parameters.ts';
import type { Queryable, Tx } from './connect.ts';
import type { Partition } from './partitions.ts';

export type EntryKind = 'release' | 'retraction' | 'stale';

/**
 * Heads of the partition's compartments that may have something to say to a feed: whichever run they
 * landed in, for a compartment is assessed again as a whole (contract 9) and an earlier run may have
 * stopped before its release. Read without locks; what is true is settled under them.
 */
export async function headsToRelease(db: Queryable, partition: Partition): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select v.id from version v
      where v.source_id = $1 and v.head and v.patient = any($2)
        and ($3::bigint is null or v.id between $3 and $4)
        and (v.deletion or exists (
              select from verdict d
               where d.version_id = v.id and d.current
                 and not d.purposes <@ array(select e.purpose from feed_entry e where e.version_id = v.id and e.kind = 'release')))
      order by v.id`,
    [partition.source, partition.patients, partition.fromVersion, partition.toVersion]);
  return rows.map((row) => row.id);
}

/** The head of a resource, locked: until the transaction ends nobody lands a newer one or releases it. */
export type LockedHead = {
  version: string; source: number; type: string; id: string; patient: string; deletion: boolean; hash: Buffer;
  /** The run it landed in. */
  run: string;
};

/** Those of the versions that still are heads; the others are superseded (contract 2). Locks in landing's order. */
export async function lockStillHeads(tx: Tx, versions: readonly string[]): Promise<LockedHead[]> {
  const { rows } = await tx.query<LockedHead>(
    `select id as version, source_id as source, type, logical_id as id, patient, deletion, hash, run_id as run
       from version where id = any($1::bigint[]) and head order by type, logical_id for no key update`, [bigints(versions)]);
  return rows;
}

/** The heads of the resources that these are versions of, locked. */
export async function lockHeadsOver(tx: Tx, versions: readonly string[]): Promise<LockedHead[]> {
  const { rows } = await tx.query<LockedHead>(
    `select id as version, source_id as source, type, logical_id as id, patient, deletion, hash, run_id as run
       from version h
      where h.head and (source_id, type, logical_id) in (select source_id, type, logical_id from version where id = any($1))
      order by type, logical_id for no key update`, [versions]);
  return rows;
}

/** What an entry repeats of its verdict. */
export type Basis = { verdict: string; ruleSet: number; outcome: VerdictOutcome; flags: readonly string[] };

/** The verdicts of a version about whose resource no feed was told anything. */
export type FirstVerdict = Basis & { purposes: readonly Purpose[] };

export type StandingVerdict = Basis & {
  version: string; purposes: readonly Purpose[];
  /** The policy's answer when an older version is out already (contract 4). */
  onNewerHeld: 'keep' | 'withdraw';
  /** Kept out because the source took it back: status-withdrawn. */
  withdrawn: boolean;
};

export async function standingVerdicts(tx: Tx, versions: readonly string[]): Promise<StandingVerdict[]> {
  const { rows } = await tx.query<StandingVerdict>(
    `with policies as materialized (select id, coalesce(body ->> 'onNewerHeld', 'keep') as "onNewerHeld" from policy)
     select d.version_id as version, d.id as verdict, d.purposes, d.outcome, d.flags, a.rule_set_id as "ruleSet",
            p."onNewerHeld",
            d.outcome = 'exclude' and exists (
              select from unnest(d.because) as place where a.findings -> place ->> 'rule' = 'status-withdrawn') as withdrawn
       from unnest($1::bigint[]) as asked (version)
      cross join lateral (select * from verdict one where one.version_id = asked.version and one.current offset 0) as d
      cross join lateral (select one.rule_set_id, one.findings from assessment one where one.id = d.assessment_id limit 1) as a
       join policies p on p.id = d.policy_id`, [versions]);
  return rows;
}

/** What a feed of this purpose was last told of a resource. */
export type LastEntry = {
  source: number; type: string; id: string; purpose: Purpose;
  sequence: string; kind: EntryKind; about: string | null; reason: string | null;
  /** The version released, or taken back; its hash and what its release was based on. */
  version: string; hash: Buffer; patient: string; basis: Basis;
};

export async function lastEntries(tx: Tx, heads: readonly { source: number; type: string; id: string }[]): Promise<LastEntry[]> {
  const { rows } = await tx.query<LastEntry>(
    `select last.source_id as source, last.type, last.logical_id as id, last.purpose, last.sequence, last.kind,
            last.about, last.reason, last.version_id as version, v.hash, v.patient,
            json_build_object('verdict', last.verdict_id::text, 'ruleSet', last.rule_set_id, 'outcome', last.outcome, 'flags', last.flags) as basis
       from unnest($1::int[], $2::text[], $3::text[]) as k (source, type, id)
      cross join lateral (
            select distinct on (e.purpose) e.* from version o join feed_entry e on e.version_id = o.id
             where o.source_id = k.source and o.type = k.type and o.logical_id = k.id
             order by e.purpose, e.sequence desc) as last
       join version v on v.id = last.version_id`,
    [heads.map((head) => head.source), heads.map((head) => head.type), heads.map((head) => head.id)]);
  return rows;
}

export type NewEntry = {
  kind: EntryKind; version: string; hash: Buffer; source: number; type: string; id: string; purpose: Purpose;
  /** The version's. */
  patient: string;
  basis: Basis; about: string | null; reason: string | null; run: string;
};

/** Entries that differ in their purpose only: one row. `first`: the sequence number of its first entry. */
export type EnteredSpan = { readonly entry: NewEntry; readonly purposes: readonly Purpose[]; readonly first: number };

/** `offset`: of its first entry, among all that are entered. */
type Span = { readonly entry: NewEntry; readonly purposes: Purpose[]; readonly offset: number };

function* spansOf(entries: readonly NewEntry[]): Generator<Span> {
  let span: Span | undefined;
  for (const [offset, entry] of entries.entries()) {
    if (span !== undefined && continues(span, entry)) {
      span.purposes.push(entry.purpose);
      continue;
    }
    if (span !== undefined) yield span;
    span = { entry, purposes: [entry.purpose], offset };
  }
  if (span !== undefined) yield span;
}

/** Whether the entry is the span's next: like its first but for the purpose, and about the one that follows. */
function continues({ entry: first, purposes }: Span, next: NewEntry): boolean {
  const about = first.about === null ? null : String(BigInt(first.about) + BigInt(purposes.length));
  return next.version === first.version && next.kind === first.kind && next.about === about && next.reason === first.reason && next.run === first.run
    && next.basis.verdict === first.basis.verdict && next.basis.ruleSet === first.basis.ruleSet && next.basis.outcome === first.basis.outcome
    && next.basis.flags.join() === first.basis.flags.join();
}

/**
 * The entries are in the sequence, in the order given. The one statement takes the counter and uses
 * it, because from here to the commit every other release waits (contract 20).
 * @returns the rows
 */
export async function enterFeed(tx: Tx, entries: readonly NewEntry[]): Promise<EnteredSpan[]> {
  const spans = [...spansOf(entries)];
  const column = <K extends keyof NewEntry>(key: K) => spans.map((span) => span.entry[key]);
  const basis = <K extends keyof Basis>(key: K) => spans.map((span) => span.entry.basis[key]);
  const { rows: [row] } = await tx.query<{ first: string }>(
    `with span as materialized (
            select * from unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::int[], $8::text[], $9::text[],
                                 $10::bigint[], $11::text[], $12::bigint[], $13::int[], $14::text[], $15::text[])
                as span (place, purposes, run, kind, version, source, type, id, about, reason, verdict, rule_set, outcome, flags)),
          taken as (update feed_head set n = n + $1 returning n - $1 + 1 as first),
          counted as (
            insert into feed_tally as t (source_id, type, purpose, entries, last, last_at)
            select source, type, purpose, count(*), max(taken.first + span.place + each.place - 1), now()
              from taken, span cross join lateral unnest(string_to_array(purposes, ',')) with ordinality as each (purpose, place) group by 1, 2, 3
            on conflict (source_id, type, purpose) do update set entries = t.entries + excluded.entries, last = excluded.last, last_at = excluded.last_at),
          written as (
            insert into feed_span (first, purposes, run_id, kind, version_id, source_id, type, logical_id, about, reason,
                                   verdict_id, rule_set_id, outcome, flags)
            select taken.first + place, string_to_array(purposes, ','), run, kind, version, source, type, id, about, reason,
                   verdict, rule_set, outcome, string_to_array(flags, ',')
              from taken, span)
     select first from taken`,
    // Names of purposes and ids of rules hold no comma; PostgreSQL has no array of arrays of different lengths.
    [entries.length, bigints(spans.map((span) => span.offset)), texts(spans.map((span) => span.purposes.join(','))), bigints(column('run')), texts(column('kind')),
      bigints(column('version')), integers(column('source')), texts(column('type')), texts(column('id')), bigints(column('about')), texts(column('reason')),
      bigints(basis('verdict')), integers(basis('ruleSet')), texts(basis('outcome')), texts(basis('flags').map((flags) => flags.join(',')))]);
  if (row === undefined) throw new Error('the feed has no head row');
  const first = Number(row.first);
  return spans.map(({ entry, purposes, offset }) => ({ entry, purposes, first: first + offset }));
}

/** Everything of the partition that may go has gone. */
export async function finishReleasing(db: Queryable, partition: string): Promise<void> {
  await db.query(`update partition set state = 'released' where id = $1 and state = 'assessed'`, [partition]);
}
