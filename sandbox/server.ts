import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastify from 'fastify';
import { createActiveMisbehaviours, type TurnOn } from './active-misbehaviours.ts';
import { mountControl } from './control-routes.ts';
import { plantDefects, type Label, type Planting } from './defects/plant.ts';
import type { ExportJob } from './export-job.ts';
import type { JsonObject } from './json-exact.ts';
import { loadFolders } from './load.ts';
import { createPages } from './pages.ts';
import { createRequests, type RequestOptions } from './requests.ts';
import { mountRoutes } from './routes.ts';
import type { Server } from './server-parts.ts';
import { createAssertionCheck, type Client } from './smart-assertion.ts';
import { createTokens } from './smart-tokens.ts';
import { createStore } from './store.ts';

export type SandboxOptions = {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  /** A folder of TYPE.ndjson(.gz); the shipped samples when absent. */
  data?: string;
  /** Off serves everybody without a token. */
  auth?: boolean;
  clients?: readonly Client[];
  tokenSeconds?: number;
  exportSeconds?: number;
  resourcesPerFile?: number;
  /** On for the shipped samples, off for other data, unless said. */
  defects?: boolean | Partial<Planting>;
  misbehaviours?: readonly TurnOn[];
  /** People there can be asked to correct charts, at /requests. */
  requests?: RequestOptions;
  /** lastUpdated of what carries none. */
  loadedAt?: Date;
};

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
export type { Client, Label, TurnOn };

/** What ships: a part of a Synthea population, and our own one that is coded for payers. */
export const sampleFolders = [join(import.meta.dirname, 'sample'), join(import.meta.dirname, 'coded', 'data')] as const;

export async function startSandbox(options: SandboxOptions = {}) {
  const store = createStore();
  loadFolders(store, options.data === undefined ? sampleFolders : [options.data], (options.loadedAt ?? new Date('2026-01-01T00:00:00Z')).getTime());
  const wanted = options.defects ?? options.data === undefined;
  const labels: readonly Label[] = wanted ? plantDefects(store, wanted === true ? {} : wanted) : [];

  let url = '';
  const fhirBase = () => `${url}/fhir`, tokenUrl = () => `${url}/auth/token`;
  const tokens = createTokens(options.tokenSeconds ?? 300);
  const surroundings = { store, tokens, jobs: new Map<string, ExportJob>(), fhirBase };
  const server: Server = {
    ...surroundings, tokenUrl,
    misbehaviours: createActiveMisbehaviours(surroundings), pages: createPages(),
    authRequired: options.auth ?? true,
    checkAssertion: createAssertionCheck(options.clients ?? [], tokenUrl),
    exportSeconds: options.exportSeconds ?? 0.5, resourcesPerFile: options.resourcesPerFile ?? 10_000,
  };

  const app = fastify({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  mountControl(app, server, labels);
  const requests = createRequests(store, options.requests);
  requests.mount(app);
  mountRoutes(app, server);
  for (const one of options.misbehaviours ?? []) await server.misbehaviours.turnOn(one);
  await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  const { address, port, family } = app.server.address() as AddressInfo;
  url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;

  return {
    url, fhirBase: fhirBase(), tokenUrl: tokenUrl(), labels,
    misbehave: (one: TurnOn) => server.misbehaviours.turnOn(one),
    /** Turns one off, or all. */
    behave: (name?: string) => server.misbehaviours.turnOff(name),
    misbehaving: () => server.misbehaviours.list(),
    /** Writes to the record as a clinician would; FHIR PUT and DELETE do the same. */
    put: (resource: JsonObject & { resourceType: string; id: string }) => store.write(resource),
    remove: (type: string, id: string) => store.remove(type, id),
    store, requests,
    async stop() {
      requests.stop();
      server.misbehaviours.turnOff();
      await app.close();
    },
  };
}
