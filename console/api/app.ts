import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController } from 'fastify';
import type { ApiDeps } from './deps.ts';
import { servePage } from './page.ts';
import { answerWithProblems } from './problem.ts';
import { exceptionRoutes } from './routes/exceptions.ts';
import { feedRoutes } from './routes/feeds.ts';
import { runRoutes } from './routes/runs.ts';
import { sourceRoutes } from './routes/sources.ts';
import { statusRoutes } from './routes/status.ts';
import { contentPolicy, refuseOtherSites, sendSecurityHeaders } from './security.ts';

/** The console's API with its description at /docs, the page, and the plugins that apps mount. */
export async function createApi(deps: ApiDeps) {
  const app = Fastify({
    // Kept-alive connections and open event streams would hold a stop for more than a minute.
    forceCloseConnections: true,
    loggerInstance: deps.log, logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200 },
    // Unknown parameters are refused, not dropped: a filter that does nothing would mislead.
    ajv: { customOptions: { removeAdditional: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  answerWithProblems(app);
  await sendSecurityHeaders(app);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'fhir-assay', version: '1', description: 'Sources, runs, the work queue and feeds. No answer holds a value from a record.' },
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: contentPolicy, uiConfig: { validatorUrl: null } });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(async (console) => {
    refuseOtherSites(console, deps.hosts ?? []);
    for (const routes of [sourceRoutes, runRoutes, exceptionRoutes, feedRoutes, statusRoutes]) await console.register(routes(deps));
    if (deps.webRoot !== undefined) await servePage(console, deps.webRoot);
  });
  for (const plugin of deps.plugins) await app.register(plugin);
  return app;
}
