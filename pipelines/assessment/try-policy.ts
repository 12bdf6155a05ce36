import { releasedPurposes } from '../../storage/compartment.ts';
import type { Database } from '../../storage/connect.ts';
import { rulingsInForce } from '../../storage/decisions.ts';
import { foundHeads, type FoundHead, type HeadPlace } from '../../storage/policies.ts';
import type { Policy } from '../../terms/policy.ts';
import type { PolicyChange, PolicyTrial } from '../../terms/policy-trial.ts';
import { purposes, type Purpose } from '../../terms/purpose.ts';
import type { Verdict, VerdictOutcome } from '../../terms/verdict.ts';
import type { AssessmentDeps } from './deps.ts';
import { rulings, type Rulings } from './rulings.ts';

type Deps = Pick<AssessmentDeps, 'decide' | 'reachingHolds'> & { readonly db: Database; readonly beat?: () => void };

const PAGE = 2_000;

/**
 * What would change against all that is stored if `proposed` took the place of `inForce`: findings that stand are
 * judged under both, with the rulings of people. Nothing is written.
 */
export async function tryPolicy({ db, beat, ...judge }: Deps, inForce: Policy, proposed: Policy): Promise<PolicyTrial> {
  const changes = new Map<string, { -readonly [K in keyof PolicyChange]: PolicyChange[K] }>();
  const changedVersions = new Set<string>();
  let [looked, changed] = [0, 0];
  for await (const compartment of compartments(db, beat)) {
    looked += compartment.length;
    const differences = await differencesOf(db, judge, compartment, inForce, proposed);
    const released = await releasedPurposes(db, [...new Set(differences.map(({ version }) => version))]);
    for (const { version, ...change } of differences) {
      changedVersions.add(version);
      const key = JSON.stringify(change);
      const row = changes.get(key) ?? { ...change, versions: 0, released: 0 };
      row.versions++;
      if (released.get(version)?.has(change.purpose) === true) row.released++;
      changes.set(key, row);
    }
    changed += changedVersions.size;
    changedVersions.clear();
  }
  return { looked, changed, changes: [...changes.values()].sort((a, b) => b.versions - a.versions || (a.rule < b.rule ? -1 : 1)) };
}

/** Current versions, all of a patient's together; those in no compartment a page at a time. */
async function* compartments(db: Database, beat: Deps['beat']): AsyncGenerator<FoundHead[]> {
  let after: HeadPlace = { source: 0, patient: '', version: '0' };
  let gathered: FoundHead[] = [];
  for (;;) {
    const page = await foundHeads(db, after, PAGE);
    beat?.();
    for (const head of page) {
      const first = gathered[0];
      if (first !== undefined && (first.source !== head.source || first.patient !== head.patient || (head.patient === '' && gathered.length >= PAGE))) {
        yield gathered;
        gathered = [];
      }
      gathered.push(head);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last;
  }
  if (gathered.length > 0) yield gathered;
}

type Difference = Omit<PolicyChange, 'versions' | 'released'> & { readonly version: string };

async function differencesOf(db: Database, judge: Pick<Deps, 'decide' | 'reachingHolds'>, heads: readonly FoundHead[], inForce: Policy, proposed: Policy): Promise<Difference[]> {
  const [first] = heads;
  if (first === undefined || heads.every((head) => head.findings === null)) return [];
  const ruled = rulings(await rulingsInForce(db, first.source, first.patient));
  const [before, after] = [verdictsOf(judge, heads, inForce, ruled), verdictsOf(judge, heads, proposed, ruled)];
  return heads.flatMap((head, at) => purposes.flatMap((purpose): Difference[] => {
    const [was, is] = [before[at]?.get(purpose), after[at]?.get(purpose)];
    if (was === undefined || is === undefined || was.outcome === is.outcome) return [];
    return [{ version: head.version, rule: ruleBehind(heads, head, was, is), type: head.type, purpose, from: was.outcome, to: is.outcome }];
  }));
}

function verdictsOf(judge: Pick<Deps, 'decide' | 'reachingHolds'>, heads: readonly FoundHead[], policy: Policy, ruled: Rulings): Map<Purpose, Verdict>[] {
  const holds = new Map<Purpose, string>();
  for (const { patient, version, findings } of heads) {
    if (patient === '' || findings === null) continue;
    for (const purpose of judge.reachingHolds(findings, policy, ruled.of(version))) if (!holds.has(purpose)) holds.set(purpose, version);
  }
  return heads.map(({ version, findings }) =>
    new Map(judge.decide(findings ?? [], policy, holds, ruled.of(version)).flatMap((verdict) => verdict.purposes.map((purpose) => [purpose, verdict] as const))));
}

const strictness: Readonly<Record<VerdictOutcome, number>> = { release: 0, 'release-with-flags': 1, hold: 2, exclude: 3 };

/** The rule that makes the stricter of the two verdicts, on the version itself or on the one that holds it by reach. */
function ruleBehind(heads: readonly FoundHead[], head: FoundHead, was: Verdict, is: Verdict): string {
  const stricter = strictness[was.outcome] > strictness[is.outcome] ? was : is;
  const own = stricter.because[0];
  if (own !== undefined) return head.findings?.[own]?.rule ?? '';
  const holder = heads.find((one) => one.version === stricter.heldBy);
  return holder === undefined ? '' : `reach of ${holder.type}`;
}
