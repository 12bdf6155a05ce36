import { createAssessmentActivities } from '../../pipelines/assessment/activities.ts';
import { createLandingActivities } from '../../pipelines/landing/activities.ts';
import { knowRuleSet, policyInForce, refreshLanded } from '../../storage/assessment.ts';
import type { Database } from '../../storage/connect.ts';
import { giveFiles, givenHistories, givenVersions, stateAbsent, type Given } from '../../storage/given-files.ts';
import { partitionsIn } from '../../storage/partitions.ts';
import { enterPhase } from '../../storage/source.ts';
import { received } from '../../storage/stored-bytes.ts';
import type { ModelRegistry } from '../../terms/model-registry.ts';
import type { Policy } from '../../terms/policy.ts';
import type { SourceItem } from '../../terms/resource-version.ts';
import type { Resource } from '../../terms/rule.ts';
import { checkHistory } from '../../validators/integrity/check-history.ts';
import { checkResource } from '../../validators/integrity/check-resource.ts';
import { judging } from '../worker/judging.ts';
import { ruleSetOf } from '../worker/rule-set.ts';
import { partsOf } from './bundle-parts.ts';
import { resolveConditional } from './conditional-references.ts';
import { inputs } from './blocks.ts';
import type { InputFile } from './input-files.ts';
import { createMemoryBound } from './memory-bound.ts';

export type PopulationOptions = { readonly policy: Policy; readonly models: ModelRegistry | undefined; readonly asOf: Date; readonly stop: AbortSignal };

/** `bundles`: files whose lines are places in a Bundle. */
export type Assessed = Given & { readonly bundles: ReadonlySet<string> };

const PAGE = 200;

/** Lands the files as one population in a scratch store and assesses it there, by the stages of the pipeline. */
export async function assessFiles(db: Database, files: readonly InputFile[], { policy, models, asOf, stop }: PopulationOptions): Promise<Assessed> {
  const given = await giveFiles(db, files.length, asOf);
  const bundles = new Set<string>();
  const fileOf = new Map(given.files.map((id, at) => [id, files[at]]));
  const { hash, parts } = await ruleSetOf({});
  const ruleSet = knowRuleSet(db, hash, parts);
  const giveBack = createMemoryBound();
  const beat = () => { stop.throwIfAborted(); void giveBack(); };
  const appendEvent = async (): Promise<void> => {}; // nothing is kept that a ledger could prove
  const landing = createLandingActivities({
    db, appendEvent, beat, slice: Number.POSITIVE_INFINITY, ruleSet: () => ruleSet,
    openItems: (_, file) => itemsOf(fileOf.get(file), () => bundles.add(file)),
    check: (_, resource, at) => checkResource(resource, { asOf: at }),
  });
  const assessment = createAssessmentActivities({
    db, appendEvent, beat, ...judging, models: async () => models,
    check: (_, resource, at) => checkResource(resource, { asOf: at }),
    ruleSet: () => ruleSet, policy: () => policyInForce(db, policy), release: async () => {},
  });
  for (const file of given.files) await landing.landFile(file);
  await enterPhase(db, given.run, 'assess'); // with fresh statistics
  await stateAbsent(db, given.run);
  await resolveConditional(db, given.run);
  await compareVersions(db, { run: given.run, ruleSet: await ruleSet, asOf: asOf.toISOString() });
  await assessment.judgePopulation(given.run);
  await assessment.planPartitions(given.run);
  for (;;) {
    const pending = await partitionsIn(db, given.run, 'pending', PAGE);
    if (pending.length === 0) return { ...given, bundles };
    for (const partition of pending) await assessment.assessPartition(partition);
  }
}

async function* itemsOf(file: InputFile | undefined, isBundle: () => void): AsyncGenerator<SourceItem> {
  if (file === undefined) return;
  for await (const input of inputs(file)) {
    for (const { line, bytes, within } of partsOf(file, input)) {
      if (within !== '') isBundle();
      yield { line, bytes, nextOffset: line };
    }
  }
}

/** History scope: each version against the one before it, in whatever order the files gave them. */
async function compareVersions(db: Database, { run, ruleSet, asOf }: { run: string; ruleSet: number; asOf: string }): Promise<void> {
  for (let after = ''; ;) {
    const histories = await givenHistories(db, run, after, PAGE);
    for (const { key, versions } of histories) {
      let before: { version: string; resource: Resource } | undefined;
      for (const { version, findings, ...stored } of await givenVersions(db, versions)) {
        const resource = JSON.parse(received(stored).toString('utf8')) as Resource;
        if (before !== undefined) {
          const found = checkHistory(before.resource, resource, { asOf, beforeVersion: before.version });
          if (found.length > 0) await db.transaction((tx) => refreshLanded(tx, ruleSet, [{ version, findings: [...findings ?? [], ...found] }]));
        }
        before = { version, resource };
      }
      after = key;
    }
    if (histories.length < PAGE) return;
  }
}
