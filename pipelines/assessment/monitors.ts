import { addCounts, addUp, recentCounts } from '../../storage/landed-tally.ts';
import { countedDecisions, decisionCounts } from '../../storage/candidates/monitor-override-rate.ts';
import { failedTypes } from '../../storage/partitions.ts';
import { raiseAlarms } from '../../storage/alarms.ts';
import type { Finding } from '../../terms/finding.ts';
import type { PopulationRule } from '../../terms/rule.ts';
import { judgeCandidate } from '../../validators/integrity/check-population.ts';
import { monitorCompleteness } from '../../validators/integrity/monitor-completeness/rule.ts';
import { monitorLag } from '../../validators/integrity/monitor-lag/rule.ts';
import { monitorOverrideRate } from '../../validators/integrity/monitor-override-rate/rule.ts';
import { monitorPrevalence } from '../../validators/integrity/monitor-prevalence/rule.ts';
import { monitorVolume } from '../../validators/integrity/monitor-volume/rule.ts';
import type { MonitorCandidate } from '../../validators/integrity/templates/monitor.ts';
import type { AssessmentDeps } from './deps.ts';

type Counts = Readonly<Record<string, number>>;
/** What a monitor reads of the counts: keys that begin so, each a share of another key where there is one. */
type Watch = {
  readonly rule: PopulationRule<MonitorCandidate>; readonly prefix: string;
  /** The key of the whole. */
  readonly of?: (parts: readonly string[]) => string;
  /** Safe to show. */
  readonly subject: (parts: readonly string[]) => string;
  readonly expression: (parts: readonly string[]) => string;
  /** Fewer than this in the runs before, by their median, say nothing. */
  readonly fewest: number;
};

const watches: readonly Watch[] = [
  { rule: monitorVolume, prefix: 'volume', fewest: 30, subject: ([type = '']) => type, expression: ([type = '']) => type },
  { rule: monitorLag, prefix: 'late', of: ([type]) => `dated|${type}`, fewest: 30, subject: ([type = '']) => type, expression: ([type = '']) => type },
  { rule: monitorCompleteness, prefix: 'filled', of: ([type]) => `volume|${type}`, fewest: 30, subject: (parts) => parts.join('.'), expression: (parts) => parts.join('.') },
  { rule: monitorPrevalence, prefix: 'coded', of: ([type]) => `volume|${type}`, fewest: 100, subject: ([type = '', code = '']) => `${type} ${code}`, expression: ([type = '']) => `${type}.code` },
  { rule: monitorPrevalence, prefix: 'unit', of: ([code]) => `units|${code}`, fewest: 30, subject: ([code = '', unit = '']) => `${code} in ${unit}`, expression: () => 'Observation.value' },
];
/** Decisions come seldom: their runs are counted back on their own. */
const overrides: readonly Watch[] = [
  { rule: monitorOverrideRate, prefix: 'overridden', of: ([what]) => `decided|${what}`, fewest: 20, subject: ([what = '']) => what, expression: () => '' },
];

/** Runs that make the band. */
const BEFORE = 20;
/** Runs among which those that counted enough decisions of one kind are looked for. */
const LOOKED_BACK = 400;

/** Adds up what the run brought and compares it with the ordinary runs before it. */
export async function judgeRun({ db, policy, policyRule }: Pick<AssessmentDeps, 'db' | 'policy' | 'policyRule'>, { source, run }: { source: number; run: string }): Promise<void> {
  const { body } = await policy();
  const withOwner = (finding: Finding) => { const { priority, owner, dueDays } = policyRule(body, finding); return { ...finding, priority: priority ?? 5, owner: owner ?? 'mapping', dueDays: dueDays ?? 30 }; };
  await db.transaction(async (tx) => {
    await addUp(tx, source, run);
    await addCounts(tx, source, run, await decisionCounts(tx, source, run));
    const [now, ...before] = await recentCounts(tx, source, run, BEFORE + 1);
    if (now === undefined || now.run !== run) return;
    const failed = await failedTypes(tx, run);
    const decided = await countedDecisions(tx, source, run, LOOKED_BACK);
    await raiseAlarms(tx, { source, run }, [
      ...alarmsOf(watches, now.counts, before.map((one) => one.counts)).filter((finding) => !isBlind(finding, failed)),
      ...alarmsOf(overrides, now.counts, decided.map((one) => one.counts))].map(withOwner));
  });
}

/** A type that could not be extracted in this run says nothing of itself (contract 7); `*`: nobody knows which failed. */
const isBlind = ({ cause }: Finding, failed: readonly string[]): boolean => {
  const type = /^[A-Z][A-Za-z]+/.exec(cause)?.[0] ?? 'Observation';
  return failed.includes('*') || failed.includes(type);
};

/** What of a run leaves the band of those before. @param before counts of ordinary runs, the newest first */
function alarmsOf(watches: readonly Watch[], now: Counts, before: readonly Counts[]): Finding[] {
  return watches.flatMap((watch) => {
    const keys = new Set([now, ...before].flatMap((counts) => Object.keys(counts).filter((key) => key.startsWith(`${watch.prefix}|`))));
    return [...keys].sort().flatMap((key) => [...judgeCandidate(watch.rule, candidateOf(watch, key, now, before)).values()].flat())
      .filter((finding) => finding.outcome === 'wrong');
  });
}

function candidateOf({ of, fewest, prefix, subject, expression }: Watch, key: string, now: Counts, before: readonly Counts[]): MonitorCandidate {
  const parts = key.slice(prefix.length + 1).split('|');
  const whole = of?.(parts);
  const point = (counts: Counts) => ({ count: counts[key] ?? 0, ...(whole === undefined ? {} : { of: counts[whole] ?? 0 }) });
  const enough = (counts: Counts): boolean => (counts[whole ?? key] ?? 0) >= fewest;
  // A share of nearly nothing says nothing; a number that was always small neither.
  const past = whole === undefined ? (before.filter(enough).length * 2 > before.length ? before : []) : before.filter(enough);
  return { subject: subject(parts), expression: expression(parts), now: point(now), before: whole !== undefined && !enough(now) ? [] : past.slice(0, BEFORE).map(point) };
}
