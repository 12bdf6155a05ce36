import { purposes, type Purpose } from '../../terms/purpose.ts';
import type { Basis, LastEntry, LockedHead, NewEntry, StandingVerdict } from '../../storage/release.ts';

export type Told = Pick<LastEntry, 'sequence' | 'kind' | 'about' | 'reason' | 'version' | 'hash' | 'patient' | 'basis'>;
export type Said = Pick<StandingVerdict, keyof Basis | 'onNewerHeld' | 'withdrawn'>;

/** What is to be said of a resource's head, for each purpose, given what was said last. Says nothing twice. @param decided a person let them go just now */
export function entriesFor(head: Omit<LockedHead, 'run'>, verdicts: ReadonlyMap<Purpose, Said>, told: ReadonlyMap<Purpose, Told>, decided = false): Entry[] {
  return purposes.flatMap((purpose) => {
    const entry = decide(head, verdicts.get(purpose), told.get(purpose), decided);
    return entry === undefined ? [] : [{ source: head.source, type: head.type, id: head.id, purpose, ...entry }];
  });
}

type Decided = Pick<NewEntry, 'kind' | 'version' | 'hash' | 'patient' | 'basis' | 'about' | 'reason'>;
export type Entry = Omit<NewEntry, 'run'>;

function decide(head: Pick<LockedHead, 'version' | 'hash' | 'patient' | 'deletion'>, verdict: Said | undefined, last: Told | undefined, decided: boolean): Decided | undefined {
  const out = last === undefined || last.kind === 'retraction' ? undefined : last;
  if (head.deletion) return out && takenBack(out, 'deleted');
  if (verdict === undefined) return undefined;
  if (verdict.outcome === 'release' || verdict.outcome === 'release-with-flags') {
    // Out already; or taken back by a person, which no run undoes, only a person.
    if (last?.version === head.version && !(decided && last.kind === 'retraction' && last.reason !== 'erased')) return undefined;
    return { kind: 'release', version: head.version, hash: head.hash, patient: head.patient, basis: { verdict: verdict.verdict, ruleSet: verdict.ruleSet, outcome: verdict.outcome, flags: verdict.flags }, about: null, reason: null };
  }
  // Released and now failing is a case for a person, never automatic (contract 9).
  if (out === undefined || out.version === head.version) return undefined;
  if (verdict.withdrawn) return takenBack(out, 'withdrawn');
  if (verdict.onNewerHeld === 'withdraw') return takenBack(out, 'newer-held');
  if (out.kind === 'stale') return undefined;
  return { kind: 'stale', version: out.version, hash: out.hash, patient: out.patient, basis: out.basis, about: out.sequence, reason: null };
}

/** A retraction names the version and verdict it takes back, and the entry by which they went out. */
export function takenBack(out: Told, reason: string): Decided {
  const about = out.kind === 'stale' ? out.about : out.sequence;
  return { kind: 'retraction', version: out.version, hash: out.hash, patient: out.patient, basis: out.basis, about, reason };
}
