import type { appendEvents } from '../../ledger/append.ts';
import type { Tx } from '../../storage/connect.ts';
import {
  enterFeed, lastEntries, lockHeadsOver, lockStillHeads, standingVerdicts,
  type EnteredSpan, type FirstVerdict, type LastEntry, type LockedHead, type NewEntry, type StandingVerdict,
} from '../../storage/release.ts';
import type { CoveredRow, EventBody } from '../../terms/event.ts';
import type { Purpose } from '../../terms/purpose.ts';
import { entriesFor, takenBack } from './decide.ts';

export type AppendEvents = typeof appendEvents;
export type ReleaseCounts = { readonly released: number; readonly retracted: number; readonly stale: number };
export const nothing: ReleaseCounts = { released: 0, retracted: 0, stale: 0 };

/** What the events say of the occasion, and the run that the entries belong to (else each version's own). */
export type Occasion = { readonly run?: string; readonly body: EventBody; readonly decided?: boolean };
/** Versions of which something is to be said on an occasion. */
export type Part = Occasion & { readonly versions: readonly string[] };

/**
 * Says of the versions what is to be said, in the caller's transaction. Safe to repeat: under the
 * lock of each head it reads what was said before.
 * @param first by version: verdicts that this transaction wrote about resources of which nothing was said before; these are not read again
 */
export const releaseChunk = (tx: Tx, appendEvents: AppendEvents, versions: readonly string[], occasion: Occasion,
  first?: ReadonlyMap<string, readonly FirstVerdict[]>): Promise<ReleaseCounts> => releaseParts(tx, appendEvents, [{ ...occasion, versions }], first);

/** The same on several occasions at once, of which each has its own events; no version in two of them. */
export async function releaseParts(tx: Tx, appendEvents: AppendEvents, parts: readonly Part[],
  first: ReadonlyMap<string, readonly FirstVerdict[]> = new Map()): Promise<ReleaseCounts> {
  const heads = await lockStillHeads(tx, parts.flatMap((part) => part.versions));
  if (heads.length === 0) return nothing;
  const others = heads.filter((head) => !first.has(head.version));
  const verdicts = byPurpose([...asStanding(first), ...others.length === 0 ? [] : await standingVerdicts(tx, others.map((head) => head.version))]);
  const told = others.length === 0 ? new Map<string, Map<Purpose, LastEntry>>() : await toldOf(tx, others);
  const partOf = new Map(parts.flatMap((part) => part.versions.map((version) => [version, part] as const)));
  const of = Map.groupBy(heads, (head) => partOf.get(head.version));
  return say(tx, appendEvents, parts.map((part) => ({
    body: part.body,
    entries: (of.get(part) ?? []).flatMap((head) =>
      entriesFor(head, verdicts.get(head.version) ?? new Map(), told.get(resource(head)) ?? new Map(), part.decided)
        .map((entry) => ({ ...entry, run: part.run ?? head.run }))),
  })));
}

/** Takes back versions for purposes, where they are out. */
export async function retractParts(tx: Tx, appendEvents: AppendEvents, parts: readonly { readonly versions: readonly string[]; readonly purposes: readonly Purpose[] }[], reason: string): Promise<ReleaseCounts> {
  const heads = await lockHeadsOver(tx, parts.flatMap((part) => part.versions));
  if (heads.length === 0) return nothing;
  const runOf = new Map(heads.map((head) => [resource(head), head.run]));
  const out = (await lastEntries(tx, heads)).filter((last) => last.kind !== 'retraction');
  return say(tx, appendEvents, parts.map(({ versions, purposes }) => {
    const mine = new Set(versions);
    return {
      body: { because: reason },
      entries: out.filter((last) => mine.has(last.version) && purposes.includes(last.purpose)).map((last) => (
        { source: last.source, type: last.type, id: last.id, purpose: last.purpose, ...takenBack(last, reason), run: runOf.get(resource(last))! })),
    };
  }));
}

export const retractChunk = (tx: Tx, appendEvents: AppendEvents, versions: readonly string[], purposes: readonly Purpose[], reason: string): Promise<ReleaseCounts> =>
  retractParts(tx, appendEvents, [{ versions, purposes }], reason);

/** Writes the entries, part by part, then their events: from the counter on only what needs the numbers. */
async function say(tx: Tx, appendEvents: AppendEvents, parts: readonly { readonly entries: readonly NewEntry[]; readonly body: EventBody }[]): Promise<ReleaseCounts> {
  const entries = parts.flatMap((part) => part.entries);
  if (entries.length === 0) return nothing;
  const bodyOf = new Map(parts.flatMap((part) => part.entries.map((entry) => [entry, part.body] as const)));
  const spans = Map.groupBy(await enterFeed(tx, entries), ({ entry }) => bodyOf.get(entry));
  await appendEvents(tx, [...spans].flatMap(([body, said]) =>
    [...Map.groupBy(said, ({ entry }) => (entry.kind === 'retraction' ? 'retracted' : 'released'))].map(([kind, of]) => {
      const last = of.at(-1)!;
      const range = { entries: of.reduce((sum, span) => sum + span.purposes.length, 0), first: of[0]!.first, last: last.first + last.purposes.length - 1 };
      return { kind, body: { ...body, ...range }, covered: of.map(spanRow) };
    })));
  const count = (kind: NewEntry['kind']) => entries.filter((entry) => entry.kind === kind).length;
  return { released: count('release'), retracted: count('retraction'), stale: count('stale') };
}

/** The row as its event covers it: the columns of ledger/verify/fact-tables.ts. */
const spanRow = ({ entry: { kind, version, source, type, id, patient, basis, about, reason, run }, purposes, first }: EnteredSpan): CoveredRow => ({
  table: 'feed_span', id: first, source, patient,
  row: {
    first: `${first}`, purposes, kind, version_id: version, source_id: source, type, logical_id: id, verdict_id: basis.verdict, rule_set_id: basis.ruleSet,
    outcome: basis.outcome, flags: basis.flags, about, reason, run_id: run,
  },
});

const resource = (one: { source: number; type: string; id: string }): string => `${one.source} ${one.type}/${one.id}`;

/** Nothing is out that could be kept or taken back. */
const asStanding = (first: ReadonlyMap<string, readonly FirstVerdict[]>): StandingVerdict[] =>
  [...first].flatMap(([version, verdicts]) => verdicts.map((one) => ({ ...one, version, onNewerHeld: 'keep' as const, withdrawn: false })));

function byPurpose(verdicts: readonly StandingVerdict[]): Map<string, Map<Purpose, StandingVerdict>> {
  const of = Map.groupBy(verdicts, (verdict) => verdict.version);
  return new Map([...of].map(([version, rows]) =>
    [version, new Map(rows.flatMap((row) => row.purposes.map((purpose) => [purpose, row] as const)))]));
}

async function toldOf(tx: Tx, heads: readonly LockedHead[]): Promise<Map<string, Map<Purpose, LastEntry>>> {
  const of = Map.groupBy(await lastEntries(tx, heads), resource);
  return new Map([...of].map(([key, rows]) => [key, new Map(rows.map((row) => [row.purpose, row]))]));
}
