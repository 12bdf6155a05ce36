import type { Logger } from 'pino';
import { appendEvent } from '../../ledger/append.ts';
import { watchGroups } from '../../pipelines/feed/group-consumption.ts';
import { tellLaterRecipients } from '../../pipelines/retraction/amend.ts';
import { escalateSilence } from '../../pipelines/retraction/escalate.ts';
import { settleRetractions } from '../../pipelines/retraction/retract.ts';
import { keepLedger } from '../../ledger/keep.ts';
import type { Config } from '../config.ts';
import { lockedPackages } from '../../packages/add.ts';
import { profileLock } from '../product/profile-lock.ts';
import { createMetrics } from '../metrics.ts';
import { policySeed } from '../policy-file.ts';
import { seedPolicy } from '../product/change-policy.ts';
import { seedRegistry } from '../product/change-models.ts';
import { retractionDeps } from '../product/duties.ts';
import { ledgerSigning } from '../product/ledger-signing.ts';
import type { Product, Services } from '../product/open.ts';
import { askUnanswered, scheduleSweep } from '../temporal/cases.ts';
import { scheduleSource } from '../temporal/runs.ts';
import { createHttp } from '../../pipelines/source/http.ts';
import { tellRequests } from '../../pipelines/source/tell-requests.ts';
import { sources } from '../../storage/source.ts';
import { stageActivities } from './activities.ts';
import { deciding } from './deciding.ts';
import { loadModels } from './models.ts';
import { observeStore } from './observe-store.ts';
import { publishInThread } from './publish-in-thread.ts';
import { loadProfiles } from './profiles.ts';
import { repeatedly } from './repeatedly.ts';
import { ruleSetOf } from './rule-set.ts';
import { settleRuns } from './settle-runs.ts';
import { takeEffects } from './take-effects.ts';
import { tryProposals } from './try-proposals.ts';
import { createWorker, serveMetrics } from './worker.ts';

export type RunningWorker = { readonly metricsPort: number; readonly ruleSet: string; stop(): Promise<void>; readonly ended: Promise<void> };

const SETTLE_EVERY_MS = 20_000;
const REQUESTS_EVERY_MS = 1_000;
const UNANSWERED_MS = 30_000;
const GROUPS_EVERY_MS = 60_000;
const RETRACT_EVERY_MS = 2_000;
const TELL_EVERY_MS = 60_000;
/** Somebody waits for it on the page. */
const TRY_EVERY_MS = 1_000;

/** A worker with everything it does: runs, schedules, and publishing to Kafka where there is one. */
export async function runWorker(config: Config, services: Pick<Services, 'postgres' | 'temporal'>, product: Product, log: Logger): Promise<RunningWorker> {
  const { db, temporal } = product;
  const metrics = createMetrics();
  observeStore(metrics, db);
  const profiles = await loadProfiles([...await lockedPackages(profileLock), ...config.packages], config.terminologyServer);
  const ruleSet = await ruleSetOf(profiles.packages);
  await seedPolicy(db, policySeed);
  const models = await loadModels(config.modelRegistry);
  if (models !== undefined) await seedRegistry(db, models);
  for (const source of await sources(db)) {
    await scheduleSource(temporal, source.id, config.sources.find((one) => one.name === source.name)?.schedule);
  }
  await scheduleSweep(temporal);
  // A port that is taken is told before anything works.
  let healthy = (): boolean => false;
  const served = await serveMetrics(metrics, config.metricsPort, () => healthy());
  const worker = await createWorker({
    ...config.temporal, address: services.temporal.address, home: config.home,
    activities: stageActivities({ db, log, metrics, profiles: profiles.check, prepare: profiles.prepare, ruleSet, policySeed }),
  }).catch((error: unknown) => { served.stop(); throw error; });
  healthy = worker.running;
  const ending = new AbortController();
  const http = createHttp();
  const beside = [
    takeEffects(deciding(db, policySeed), ending.signal, log),
    keepLedger({ ...await ledgerSigning(config, db), signal: ending.signal, log }),
    repeatedly(REQUESTS_EVERY_MS, ending.signal, log, 'telling sources what they are asked for', async () => {
      await tellRequests({
        db, http, secret: (name) => process.env[name],
        failed: (task, source, error) => log.warn({ err: error, task, source }, 'a request was not taken; it is sent again'),
      });
    }),
    repeatedly(UNANSWERED_MS, ending.signal, log, 'asking what an API left unasked', async () => { await askUnanswered(db, temporal, UNANSWERED_MS); }),
    repeatedly(SETTLE_EVERY_MS, ending.signal, log, 'looking after runs', async () => {
      for (const run of await settleRuns(db, temporal)) log.warn({ run, code: 'ASSAY_RUN_ENDED_OUTSIDE' }, 'a run ended outside');
    }),
    repeatedly(RETRACT_EVERY_MS, ending.signal, log, 'taking back', async () => { await settleRetractions(retractionDeps(db)); }),
    repeatedly(TELL_EVERY_MS, ending.signal, log, 'telling of what waits', async () => {
      await tellLaterRecipients({ db, appendEvent });
      await escalateSilence({ db, appendEvent });
    }),
    repeatedly(TRY_EVERY_MS, ending.signal, log, 'trying proposed policies', tryProposals(db, log, ending.signal)),
    ...(config.kafka === undefined ? [] : [
      publishInThread({ databaseUrl: services.postgres.url, ...config.kafka, feedUrl: config.api.publicUrl ?? '', logLevel: log.level }, ending.signal, log),
      repeatedly(GROUPS_EVERY_MS, ending.signal, log, 'looking at consumer groups', watchGroups({ db, appendEvent, ...config.kafka })),
    ]),
  ];
  const ended = worker.run().finally(async () => {
    ending.abort();
    await Promise.all(beside);
    served.stop();
    await worker.close();
  });
  log.info({ ruleSet: ruleSet.hash.slice(0, 12), metricsPort: served.port }, 'worker ready');
  return {
    metricsPort: served.port, ruleSet: ruleSet.hash, ended,
    stop: async () => { worker.shutdown(); await ended; },
  };
}
