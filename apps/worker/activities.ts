import { activityInfo, Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Policy } from '../../terms/policy.ts';
import { appendEvent, appendEvents } from '../../ledger/append.ts';
import { createAssessmentActivities } from '../../pipelines/assessment/activities.ts';
import { createExceptionActivities } from '../../pipelines/exceptions/activities.ts';
import { createLandingActivities } from '../../pipelines/landing/activities.ts';
import { createReleaseActivities } from '../../pipelines/release/activities.ts';
import { releaseChunk } from '../../pipelines/release/chunk.ts';
import { createSourceActivities } from '../../pipelines/source/activities.ts';
import { createConnections } from '../../pipelines/source/connection.ts';
import { createHttp } from '../../pipelines/source/http.ts';
import { createOpenItems } from '../../pipelines/source/open-items.ts';
import { knowRuleSet, policyInForce } from '../../storage/assessment.ts';
import type { Database } from '../../storage/connect.ts';
import { registryInForce } from '../../storage/models.ts';
import type { CaseActivities, RunActivities } from '../../workflows/activities.ts';
import { measured, type Metrics } from '../metrics.ts';
import { retriable } from '../temporal/retriable.ts';
import { checks, type CheckProfiles } from './checks.ts';
import { deciding } from './deciding.ts';
import { judging } from './judging.ts';
import type { RuleSet } from './rule-set.ts';

export type Stages = {
  readonly db: Database; readonly log: Logger; readonly metrics: Metrics;
  readonly profiles: CheckProfiles; readonly prepare?: (resources: readonly Uint8Array[]) => Promise<void>; readonly ruleSet: RuleSet; readonly policySeed: Policy;
};

/** The stages, wired: what a worker does when a run's workflow asks. */
export function stageActivities({ db, log, metrics, profiles, prepare, ruleSet, policySeed }: Stages): RunActivities & CaseActivities {
  const check = checks(profiles);
  let known: Promise<number> | undefined;
  const ruleSetId = () => known ??= knowRuleSet(db, ruleSet.hash, ruleSet.parts).catch((error: unknown) => { known = undefined; throw error; });
  const beat = () => { Context.current().heartbeat(); Context.current().cancellationSignal.throwIfAborted(); };
  const connections = createConnections(createHttp(), (name) => process.env[name]);
  const activities: RunActivities & CaseActivities = {
    ...createSourceActivities({ db, connections, appendEvent, beat }),
    ...createLandingActivities({ db, openItems: createOpenItems(connections), check, prepare, ruleSet: ruleSetId, appendEvent, beat }),
    ...createAssessmentActivities({
      db, appendEvent, beat, check, prepare,
      ...judging, models: () => registryInForce(db),
      ruleSet: ruleSetId, policy: () => policyInForce(db, policySeed),
      release: (tx, versions, of, first) => releaseChunk(tx, appendEvents, versions, { run: of.run, body: of }, first),
    }),
    ...createReleaseActivities({ db, appendEvents, progress: beat }),
    ...createExceptionActivities({ ...deciding(db, policySeed), beat }),
  };
  return retriable(measured(activities, metrics), (error, activity) =>
    log.warn({ err: error, activity, workflow: activityInfo().workflowExecution?.workflowId, attempt: activityInfo().attempt }, 'activity failed'));
}
