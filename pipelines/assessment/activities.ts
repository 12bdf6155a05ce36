import type { Tx } from '../../storage/connect.ts';
import * as assessment from '../../storage/assessment.ts';
import { keepRuled, rulingsInForce } from '../../storage/decisions.ts';
import * as compartment from '../../storage/compartment.ts';
import * as exceptions from '../../storage/exceptions.ts';
import * as partitions from '../../storage/partitions.ts';
import { findingsAbout } from '../../storage/population-findings.ts';
import type { FirstVerdict } from '../../storage/release.ts';
import { keepScores } from '../../storage/scores.ts';
import type { ModelRegistry } from '../../terms/model-registry.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import { assessmentRow, verdictRow } from './covered-rows.ts';
import type { AssessmentDeps } from './deps.ts';
import { judgePopulation } from './judge-population.ts';
import { membersOf, outcomes, type Outcome } from './outcomes.ts';
import { readCompartment } from './read-compartment.ts';
import { rulings, rulingsHash } from './rulings.ts';

export const createAssessmentActivities = (deps: AssessmentDeps) => ({
  /** Compares what the run brought with all that is stored (population scope); what it finds is joined to the assessments. */
  async judgePopulation(run: string): Promise<{ judged: number }> {
    return judgePopulation(deps, run);
  },

  /** Counts what of the source's records passes which rule, now that the run has ended. */
  async scoreRun(run: string): Promise<void> {
    await deps.db.transaction((tx) => keepScores(tx, run));
  },

  /** Divides what the run touched into partitions, once all of it has landed (the barrier, contract 7). */
  async planPartitions(run: string): Promise<number> {
    return deps.db.transaction(async (tx) => {
      const joined = await partitions.joinCompartments(tx, run);
      if (joined.length > 0) await deps.appendEvent(tx, 'joined', { run }, await coveredRows(tx, 'version_joined', joined));
      return partitions.planPartitions(tx, run);
    });
  },

  async partitionsToAssess(run: string, limit: number): Promise<string[]> {
    return partitions.partitionsIn(deps.db, run, 'pending', limit);
  },

  async partitionsToRelease(run: string, limit: number): Promise<string[]> {
    return partitions.partitionsIn(deps.db, run, 'assessed', limit);
  },

  /** Assesses and judges a partition, and releases what it judged; a repeated call finds nothing that changes. */
  async assessPartition(id: string): Promise<{ assessed: number }> {
    const partition = await partitions.partition(deps.db, id);
    if (partition === undefined || partition.state !== 'pending') return { assessed: 0 };
    const ruleSet = await deps.ruleSet();
    const ruleSetHash = await assessment.hashOfRuleSet(deps.db, ruleSet);
    const policy = await deps.policy();
    const models = await deps.models();
    const failedTypes = new Set(await partitions.failedTypes(deps.db, partition.run));
    let assessed = 0;
    for (const patient of partition.patients) {
      assessed += await assessPatient(deps, { partition, patient, ruleSet, ruleSetHash, policy, failedTypes, models });
    }
    await partitions.finishAssessing(deps.db, id);
    return { assessed };
  },
});

export type AssessmentActivities = ReturnType<typeof createAssessmentActivities>;

type Assessing = {
  partition: partitions.Partition; patient: string; ruleSet: number; ruleSetHash: string; policy: assessment.PolicyInForce; failedTypes: ReadonlySet<string>;
  models: ModelRegistry | undefined;
};

/** The compartment moved while it was read: the result is discarded (contract 9). */
class Moved extends Error {}
const TRIES = 10;
/** Versions a transaction: of one patient there can be 100,000. */
const BATCH = 500;

async function assessPatient(deps: AssessmentDeps, assessing: Assessing): Promise<number> {
  const { partition, patient, ruleSet, policy } = assessing;
  const { source } = partition;
  for (let attempt = 1; ; attempt++) {
    const revision = await compartment.compartmentRevision(deps.db, source, patient);
    const read = await readCompartment(deps, { source, patient, asOf: partition.asOf, ruleSet, failedTypes: assessing.failedTypes, models: assessing.models },
      patient === ''
        ? (after, limit) => compartment.outsidePage(deps.db, partition.run, after === '0' ? String(BigInt(partition.fromVersion ?? 0) - 1n) : after, partition.toVersion ?? '0', limit)
        : (after, limit) => compartment.compartmentPage(deps.db, source, patient, after, limit),
      await findingsAbout(deps.db, source, patient, patient === '' ? { from: partition.fromVersion ?? '0', to: partition.toVersion ?? '0' } : undefined));
    const changed = read.outsideRuns.has(partition.run) ? undefined : changedTypes(read.members, partition.run, ruleSet);
    const made = outcomes(deps, read.members, deps.checkPatient(read.view, changed), {
      rulings: rulings(await rulingsInForce(deps.db, source, patient)), policy, ruleSet, evaluated: deps.evaluates(changed),
    });
    try {
      for (let from = 0; from === 0 || from < made.length; from += BATCH) {
        await deps.db.transaction((tx) => save(deps, tx, assessing, read.contextHash, revision, made.slice(from, from + BATCH)));
        deps.beat();
      }
      return made.filter((outcome) => outcome.assess).length;
    } catch (error) {
      if (!(error instanceof Moved) || attempt === TRIES) throw error;
    }
  }
}

/**
 * The types whose rules must be evaluated again. undefined: all of them, since a member was never
 * assessed under this rule set, or what brought us here is no change of the compartment itself.
 */
function changedTypes(members: readonly { run: string; type: string; deletion: boolean; assessedRuleSet: number | null }[],
  run: string, ruleSet: number): ReadonlySet<string> | undefined {
  if (members.some((member) => !member.deletion && member.run !== run && member.assessedRuleSet !== ruleSet)) return undefined;
  const moved = members.filter((member) => member.run === run);
  return moved.length === 0 || moved.length === members.length ? undefined : new Set(moved.map((member) => member.type));
}

async function save(deps: AssessmentDeps, tx: Tx, assessing: Assessing, contextHash: Buffer, revision: string, made: readonly Outcome[]): Promise<void> {
  const { partition, patient, ruleSet, ruleSetHash, policy } = assessing;
  const { run, source } = partition;
  if (patient !== '') {
    await assessment.lockCompartment(tx, source, patient);
    if (await compartment.compartmentRevision(tx, source, patient) !== revision) throw new Moved();
  }
  await assessment.refreshLanded(tx, ruleSet, made.filter((one) => one.member.refreshed).map((one) => ({ version: one.member.version, findings: one.member.own })));
  const ids = await assessment.assessVersions(tx, { run, asOf: partition.asOf, ruleSet, contextHash },
    made.filter((one) => one.assess).map((one) => ({ version: one.member.version, findings: one.findings, first: one.member.assessment === null })));
  const idOf = (one: Outcome): string => ids.get(one.member.version)?.id ?? one.member.assessment ?? '';
  const verdicts = made.flatMap((one) => one.verdicts.map((verdict) => (
    { ...verdict, version: one.member.version, assessment: idOf(one), cleared: one.cleared, rulings: rulingsHash(one.ruled), first: one.member.assessment === null })));
  const verdictIds = await assessment.settleVerdicts(tx, run, policy.id, verdicts);
  const ruled = await keepRuled(tx, made.flatMap((one) => one.ruled));
  const before = made.filter((one) => one.member.assessment !== null).map((one) => one.member.version);
  const released = await compartment.releasedPurposes(tx, before);
  const emptied = await exceptions.clearMembers(tx, before);
  const superseded = await exceptions.supersedeMembers(tx, run, patient);
  await exceptions.openExceptions(tx, source, made.flatMap((one) =>
    membersOf(deps, policy.body, one, idOf(one), released.get(one.member.version) ?? new Set())));
  await exceptions.closeEmptied(tx, superseded, 'superseded');
  await exceptions.closeEmptied(tx, emptied, 'cleared');
  if (made.length === 0) return;
  const of = { source, patient };
  await deps.appendEvent(tx, 'assessed', { run, partition: partition.id, ruleSet, ruleSetHash, policy: policy.id }, [
    ...verdicts.map((verdict, place) => verdictRow(of, { run, policy: policy.id }, verdict, verdictIds[place] ?? '')),
    ...made.filter((one) => ids.get(one.member.version)?.fresh === true).map((one) => assessmentRow(of,
      { run, ruleSet, asOf: partition.asOf, contextHash }, { id: idOf(one), version: one.member.version, findings: one.findings })),
    ...(ruled.length === 0 ? [] : await coveredRows(tx, 'ruled_version', ruled)),
  ]);
  // From its counter on, other releases wait: the last thing in the transaction (contract 20).
  await deps.release(tx, made.map((one) => one.member.version), { run, partition: partition.id }, firstVerdicts(made, ruleSet, verdicts, verdictIds, ids));
}

/** Verdicts about resources that have one version, assessed here for the first time: no feed was told of them. */
function firstVerdicts(made: readonly Outcome[], ruleSet: number, verdicts: readonly assessment.NewVerdict[], verdictIds: readonly string[],
  ids: ReadonlyMap<string, { fresh: boolean }>): Map<string, FirstVerdict[]> {
  const first = new Map<string, FirstVerdict[]>(made.filter(({ member }) => member.ordinal === 1 && member.assessment === null && ids.get(member.version)?.fresh === true)
    .map(({ member }) => [member.version, []]));
  for (const [place, { version, purposes, outcome, flags }] of verdicts.entries()) {
    first.get(version)?.push({ verdict: verdictIds[place] ?? '', ruleSet, purposes, outcome, flags });
  }
  return first;
}
