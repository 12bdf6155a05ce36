import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startSharedKafka } from './shared-kafka.ts';
import { startSharedPostgres } from './shared-postgres.ts';
import { startSharedProduct } from './shared-product.ts';
import { startSharedTemporal } from './shared-temporal.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for a service: GET /NAME starts it on the first call and gives its settings. */
    services: string;
  }
}

/** What a test file is told of a service. */
export type SharedServices = {
  readonly postgres: { readonly url: string; readonly template: string };
  readonly temporal: { readonly address: string };
  readonly kafka: { readonly brokers: string };
  /** What `npm start` starts; `tokens`: of a reader for each feed. */
  readonly product: { readonly url: string; readonly tokens: Readonly<Record<string, string>> };
};

/** A started service and how to end it. */
export type Shared<Name extends keyof SharedServices> = { readonly told: SharedServices[Name]; stop(): Promise<void> };

type Starters = { readonly [Name in keyof SharedServices]: () => Promise<Shared<Name>> };
const starters: Starters = { postgres: startSharedPostgres, temporal: startSharedTemporal, kafka: startSharedKafka, product: startSharedProduct };

/** One of each service for the whole test run, started when the first test file asks, stopped at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<Shared<keyof SharedServices>>>();
  const server = createServer(async (request, response) => {
    const name = (request.url ?? '').slice(1);
    if (!isService(name)) { response.writeHead(404).end(); return; }
    const service = started.get(name) ?? starters[name]();
    started.set(name, service);
    try {
      response.end(JSON.stringify((await service).told));
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  project.provide('services', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.close();
    for (const service of started.values()) await service.then((running) => running.stop(), () => {});
  };
}

const isService = (name: string): name is keyof SharedServices => Object.hasOwn(starters, name);
