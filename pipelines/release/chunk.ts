import type { appendEvent } from '../../ledger/append.ts';
import type { Tx } from '../../storage/connect.ts';
import {
  enterFeed, lastEntries, lockHeadsOver, lockStillHeads, standingVerdicts,
  type EnteredSpan, type FirstVerdict, type LastEntry, type LockedHead, type NewEntry, type StandingVerdict,
} from '../../storage/release.ts';
import type { CoveredRow, EventBody } from '../../terms/event.ts';
import type { Purpose } from '../../terms/purpose.ts';
import { entriesFor, takenBack } from './decide.ts';

export type AppendEvent = typeof appendEvent;
export type ReleaseCounts = { readonly released: number; readonly retracted: number; readonly stale: number };
export const nothing: ReleaseCounts = { released: 0, retracted: 0, stale: 0 };

/** What the events say of the occasion, and the run that the entries belong to (else each version's own). */
export type Occasion = { readonly run?: string; readonly body: EventBody; readonly decided?: boolean };

/**
 * Says of the versions what is to be said, in the caller's transaction. Safe to repeat: under the
 * lock of each head it reads what was said before.
 * @param first by version: verdicts that this transaction wrote about resources of which nothing was said before; these are not read again
 */
export async function releaseChunk(tx: Tx, appendEvent: AppendEvent, versions: readonly string[], occasion: Occasion,
  first: ReadonlyMap<string, readonly FirstVerdict[]> = new Map()): Promise<ReleaseCounts> {
  const heads = await lockStillHeads(tx, versions);
  if (heads.length === 0) return nothing;
  const others = heads.filter((head) => !first.has(head.version));
  const verdicts = byPurpose([...asStanding(first), ...others.length === 0 ? [] : await standingVerdicts(tx, others.map((head) => head.version))]);
  const told = others.length === 0 ? new Map<string, Map<Purpose, LastEntry>>() : await toldOf(tx, others);
  const entries = heads.flatMap((head) =>
    entriesFor(head, verdicts.get(head.version) ?? new Map(), told.get(resource(head)) ?? new Map(), occasion.decided)
      .map((entry) => ({ ...entry, run: occasion.run ?? head.run })));
  return say(tx, appendEvent, entries, occasion.body);
}

/** Takes back the versions for the purposes, where they are out. */
export async function retractChunk(tx: Tx, appendEvent: AppendEvent, versions: readonly string[], purposes: readonly Purpose[], reason: string): Promise<ReleaseCounts> {
  const heads = await lockHeadsOver(tx, versions);
  if (heads.length === 0) return nothing;
  const runOf = new Map(heads.map((head) => [resource(head), head.run]));
  const entries = (await lastEntries(tx, heads))
    .filter((last) => last.kind !== 'retraction' && versions.includes(last.version) && purposes.includes(last.purpose))
    .map((last) => ({ source: last.source, type: last.type, id: last.id, purpose: last.purpose,
      ...takenBack(last, reason), run: runOf.get(resource(last))! }));
  return say(tx, appendEvent, entries, { because: reason });
}

/** Writes the entries, then their events: from the counter on only what needs the numbers. */
async function say(tx: Tx, appendEvent: AppendEvent, entries: readonly NewEntry[], body: EventBody): Promise<ReleaseCounts> {
  if (entries.length === 0) return nothing;
  const spans = await enterFeed(tx, entries);
  for (const [kind, of] of Map.groupBy(spans, ({ entry }) => (entry.kind === 'retraction' ? 'retracted' : 'released'))) {
    const last = of.at(-1)!;
    const range = { entries: of.reduce((sum, span) => sum + span.purposes.length, 0), first: of[0]!.first, last: last.first + last.purposes.length - 1 };
    await appendEvent(tx, kind, { ...body, ...range }, of.map(spanRow));
  }
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
