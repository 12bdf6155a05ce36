import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildWebIfStale } from '../../console/web/build.ts';
import { AssayError } from '../../terms/errors.ts';
import type { Config } from '../config.ts';
import { findServices, openProduct, type Services } from '../product/open.ts';
import { freePort } from '../services/free-port.ts';
import { isAlive, stopOrphan } from '../services/owned-process.ts';
import { postgresPlace } from '../services/postgres-account.ts';
import { readState, writeState } from '../services/state-file.ts';
import type { Context } from '../verb.ts';
import { together } from '../together.ts';
import { stopped } from '../worker/serve-worker.ts';
import { govern } from './govern.ts';
import { healthy, keepRunning, startRole } from './roles.ts';
import { startSandboxSignIn } from './sandbox-sign-in.ts';
import { startSandboxSource } from './sandbox-source.ts';
import { summary } from './summary.ts';
import { trialTokens } from './tokens.ts';

export type StartOptions = { readonly fresh?: boolean; readonly data?: string; readonly once?: boolean };

/** The models that the sandbox's AI content names. */
const sandboxModels = fileURLToPath(new URL('../../fhir-profiles/own/model-registry.example.json', import.meta.url));

/** Everything at once, for a first look: services, sandbox EHR, worker, API, one governed run; then it stays up. */
export async function start(options: StartOptions, context: Context, print: (line: string) => void): Promise<boolean> {
  const config = context.config();
  await refuseSecond(config);
  await endLeftBehind(config, ['worker', 'api']);
  if (options.fresh === true) await forget(config);
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const services = await findServices(config, context.say);
    undo.push(() => services.stop());
    const page = buildWebIfStale();
    page.catch(() => {}); // awaited below; a failure until then is not unhandled
    const product = await openProduct(config, services);
    undo.push(() => product.close());
    context.say('Starting the sandbox EHR');
    const ehr = startSandboxSource(config.home, product.db, options.data).then((started) => { undo.push(() => started.sandbox.stop()); return started; });
    context.say('Building the page where its sources changed');
    const [{ sandbox, source }, api] = await together(ehr, page.then(() => startRoles(config, services, context, undo)));
    const tokens = await trialTokens(product.db, config.home);
    const run = await govern(product, source, context);
    // Stopped in the middle: the next start goes on with the run, and tells of it then.
    if (context.stop.aborted || run === undefined) {
      context.say('Stopping');
      return options.once !== true;
    }
    for (const line of await summary(product.db, run, tokens, { api, sandbox: `${sandbox.fhirBase}/metadata`, temporal: services.temporal.ui })) print(line);
    if (options.once === true) return run.state.startsWith('completed');
    print('\nIt stays up. Ctrl-C stops everything that was started here.');
    await stopped(context.stop);
    context.say('Stopping');
    return true;
  } finally {
    for (const stop of undo.reverse()) await stop();
  }
}

/** Two of them on one data folder would take the sandbox and the worker from each other. */
async function refuseSecond(config: Config): Promise<void> {
  const owner = (await readState(config.home, 'api'))?.owner ?? 0;
  if (owner !== process.pid && isAlive(owner)) throw new AssayError('ASSAY_ALREADY_RUNNING', `process ${owner}`);
}

/** Processes of a start that was killed. */
async function endLeftBehind(config: Config, services: readonly ('worker' | 'api' | 'temporal' | 'postgres')[]): Promise<void> {
  for (const service of services) {
    const left = await readState(config.home, service);
    if (left !== undefined && !isAlive(left.owner)) await stopOrphan(left.pid, service === 'postgres' ? 'SIGINT' : 'SIGTERM');
  }
}

/** What a killed start left running ends first. PostgreSQL's data may lie outside the data folder, where its account may enter. */
async function forget(config: Config): Promise<void> {
  await endLeftBehind(config, ['temporal', 'postgres']);
  await mkdir(config.home, { recursive: true });
  if (config.databaseUrl === undefined) await rm((await postgresPlace(config.home)).data, { recursive: true, force: true });
  await rm(config.home, { recursive: true, force: true });
}

async function startRoles(config: Config, services: Services, context: Context, undo: (() => Promise<unknown>)[]): Promise<string> {
  context.say('Starting the worker and the API');
  const port = await freePort((await readState(config.home, 'api'))?.port ?? config.api.port);
  const metricsPort = await freePort((await readState(config.home, 'worker'))?.port);
  const start = async (role: 'worker' | 'api', at: number, more: NodeJS.ProcessEnv) => {
    const child = startRole(role, config, services, more);
    await writeState(config.home, role, { port: at, pid: child.pid, owner: process.pid });
    return child;
  };
  const worker = await keepRunning(() => start('worker', metricsPort, {
    ASSAY_METRICS_PORT: `${metricsPort}`, ASSAY_MODEL_REGISTRY: config.modelRegistry ?? sandboxModels,
  }), context.say, 'worker');
  undo.push(() => worker.stop());
  const signIn = await startSandboxSignIn(config, port, context.say, undo);
  const api = await keepRunning(() => start('api', port, { ASSAY_API_PORT: `${port}`, ASSAY_API_HOST: '127.0.0.1', ...signIn }), context.say, 'API');
  undo.push(() => api.stop());
  await Promise.all([healthy(`http://127.0.0.1:${port}`, 'api', config.home), healthy(`http://127.0.0.1:${metricsPort}`, 'worker', config.home)]);
  // Passkeys belong to a name, never to an address.
  return `http://localhost:${port}`;
}
