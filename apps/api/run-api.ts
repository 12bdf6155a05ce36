import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import policySeed from '../../fhir-profiles/policy/default.json' with { type: 'json' };
import { createApi } from '../../console/api/app.ts';
import type { PartHealth, RuleWords } from '../../console/api/deps.ts';
import { buildWebIfStale } from '../../console/web/build.ts';
import { readKey } from '../../ledger/anchors/key-file.ts';
import { appendEvent } from '../../ledger/append.ts';
import { tileRoutes } from '../../ledger/tile-routes.ts';
import { feedRoutes } from '../../pipelines/feed/http.ts';
import { sources } from '../../storage/source.ts';
import { AssayError } from '../../terms/errors.ts';
import { allRules } from '../../validators/integrity/all-rules.ts';
import type { Config } from '../config.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { changeModel } from '../product/change-models.ts';
import { proposePolicy, settleProposal } from '../product/change-policy.ts';
import { createDuties } from '../product/duties.ts';
import { health } from '../product/health.ts';
import type { Product, Services } from '../product/open.ts';
import { policyInForce } from '../../storage/assessment.ts';
import { usualDecisions, type Policy } from '../../terms/policy.ts';
import { createProvider } from '../../console/api/sign-in/provider.ts';
import { askCase } from '../temporal/cases.ts';
import { structures } from '../product/structure.ts';
import { portTrouble } from '../services/listen.ts';
import { requestsReader } from '../product/requests-reader.ts';
import { startRun } from '../temporal/runs.ts';
import { observeStore } from '../worker/observe-store.ts';
import { profileWords } from './profile-words.ts';
import { assertLoopbackOrAuthenticated } from '../../console/api/security.ts';

export type RunningApi = { readonly url: string; stop(): Promise<void> };

/** What people read about rules: each rule's own words, and those of the profile checks by family. */
export const ruleFacts = (): ReadonlyMap<string, RuleWords> => new Map<string, RuleWords>(
  [...profileWords, ...allRules.map((rule) => [rule.id, { title: rule.title, why: rule.why, owner: rule.owner, sources: rule.sources }] as const)]);

/** The API, the page and the feeds on one port. @param temporalUi where Temporal's own page is, if we know */
export async function runApi(config: Config, services: Pick<Services, 'postgres' | 'temporal'>, product: Product, log: Logger,
  temporalUi = services.temporal.ui): Promise<RunningApi> {
  assertLoopbackOrAuthenticated(config.api.host, { signIn: config.signIn !== undefined, open: process.env['ASSAY_API_OPEN'] === 'yes' });
  const { db, temporal } = product;
  const metrics = createMetrics();
  observeStore(metrics, db);
  let url = '';
  const parts = (): Promise<PartHealth[]> => health({
    db, temporal, addresses: { database: services.postgres.url, temporal: services.temporal.address, temporalUi, kafka: config.kafka?.brokers.split(','), api: url },
  });
  const app = await createApi({
    db, ruleFacts: ruleFacts(), log, health: parts,
    startRun: async (name) => {
      const source = (await sources(db)).find((one) => one.name === name);
      if (source === undefined) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
      return startRun(temporal, source.id);
    },
    changeModel: (model, entry, by) => changeModel(db, model, entry, by),
    proposePolicy: (body, because, by) => proposePolicy(db, body, because, by),
    settleProposal: async (id, accepted, by, signature) => { await settleProposal(db, id, accepted, by, signature); },
    requestsReader: requestsReader(db, (name) => process.env[name]),
    duties: createDuties(db), appendEvent, askCase: (exception, command) => askCase(temporal, exception, command),
    calendar: config.calendar, scoring: async () => ({ rules: allRules, policy: await policyInForce(db, policySeed as Policy) }),
    ledgerKey: async () => {
      const key = await readKey(config.ledger.keyFile);
      if (key === undefined) throw new AssayError('ASSAY_LEDGER_EMPTY');
      return key;
    },
    deciding: async () => {
      const { undoSeconds, decisions } = (await policyInForce(db, policySeed as Policy)).body;
      return { ...decisions ?? usualDecisions, undoSeconds };
    },
    signIn: config.signIn === undefined ? undefined : createProvider(config.signIn), publicUrl: config.api.publicUrl,
    plugins: [async (instance) => { await instance.register(feedRoutes, { db, appendEvent, structureOf: structures(config.packages), names: { api: config.api.publicUrl, prefix: config.kafka?.prefix } }); }, async (instance) => { await instance.register(tileRoutes, { db }); }, scraped(metrics)],
    webRoot: await buildWebIfStale(), hosts: config.api.hosts,
  });
  await app.listen({ host: config.api.host, port: config.api.port }).catch(async (error: unknown) => {
    await app.close();
    throw portTrouble(error, config.api.port);
  });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.api.port;
  url = `http://${config.api.host}:${port}`;
  return { url, stop: () => app.close() };
}

/** GET /metrics for Prometheus, GET /healthz for an orchestrator. */
const scraped = (metrics: Metrics): FastifyPluginAsync => async (app) => {
  app.get('/metrics', { schema: { hide: true } }, (request, reply) => { reply.hijack(); metrics.handle(request.raw, reply.raw); });
  app.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }));
};
