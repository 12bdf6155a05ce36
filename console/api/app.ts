import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController } from 'fastify';
import { AssayError } from '../../terms/errors.ts';
import type { ApiDeps } from './deps.ts';
import { servePage } from './page.ts';
import { answerWithProblems, refuseAddress } from './problem.ts';
import { actRoutes } from './routes/acts.ts';
import { bulkRoutes } from './routes/bulk.ts';
import { exceptionRoutes } from './routes/exceptions.ts';
import { dutyRoutes } from './routes/duties.ts';
import { feedRoutes } from './routes/feeds.ts';
import { historyRoutes } from './routes/history.ts';
import { meRoutes } from './routes/me.ts';
import { governanceRoutes } from './routes/governance.ts';
import { overviewRoutes } from './routes/overview.ts';
import { qualityRoutes } from './routes/quality.ts';
import { requestRoutes } from './routes/requests.ts';
import { runRoutes } from './routes/runs.ts';
import { sourceRoutes } from './routes/sources.ts';
import { auditRoutes } from './routes/audit.ts';
import { standingRoutes } from './routes/standing.ts';
import { statusRoutes } from './routes/status.ts';
import { guardRoutes } from './sign-in/guard.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { asCallersSeeIt, validatorOf } from './requests-checked.ts';
import { contentPolicy, refuseOtherSites, sendSecurityHeaders } from './security.ts';

/** The console's API with its description at /docs, the page, and the plugins that apps mount. */
export async function createApi(deps: ApiDeps) {
  const app = Fastify({
    // Kept-alive connections and open event streams would hold a stop for more than a minute.
    forceCloseConnections: true,
    loggerInstance: deps.log, logController: new LogController({ disableRequestLogging: true }),
    // A part of an address that is too long, or none: refused before any route, in the same words.
    routerOptions: { maxParamLength: 200 }, frameworkErrors: refuseAddress,
    bodyLimit: 256 * 1024, trustProxy: deps.publicUrl !== undefined,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(validatorOf);
  answerWithProblems(app);
  await sendSecurityHeaders(app);
  await app.register(cookie);
  await app.register(rateLimit, {
    // A case is two or three requests; a hundred people may share an address.
    max: 3000, timeWindow: '1 minute', errorResponseBuilder: () => new AssayError('ASSAY_TOO_MANY'),
  });
  guardRoutes(app, { db: deps.db, signIn: deps.signIn !== undefined });
  await app.register(swagger, {
    transform: ({ schema, url }) => ({ schema: asCallersSeeIt(schema), url }),
    openapi: {
      openapi: '3.1.0',
      info: { title: 'fhir-assay', version: '1', description: 'Sources, runs, the work queue and feeds. No answer holds a value from a record, but /api/versions/{id}/content and what people wrote.' },
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: contentPolicy, uiConfig: { validatorUrl: null } });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(async (console) => {
    refuseOtherSites(console, deps.hosts ?? []);
    for (const routes of [signInRoutes, meRoutes, sourceRoutes, runRoutes, exceptionRoutes, historyRoutes, actRoutes, bulkRoutes, qualityRoutes, governanceRoutes, standingRoutes, feedRoutes, overviewRoutes, statusRoutes, auditRoutes, dutyRoutes]) await console.register(routes(deps));
    if (deps.webRoot !== undefined) await servePage(console, deps.webRoot);
  });
  await app.register(requestRoutes(deps));
  for (const plugin of deps.plugins) await app.register(plugin);
  return app;
}
