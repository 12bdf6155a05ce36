import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../terms/errors.ts';
import { freePort } from './free-port.ts';
import { answers, isAlive, listening, startProcess, stopOrphan, tail } from './owned-process.ts';
import type { Say, Service } from './service.ts';
import { readState, writeState } from './state-file.ts';
import { findTemporalProgram } from './temporal-program.ts';

export type TemporalService = Service & {
  /** host:port of the frontend. */
  readonly address: string;
  /** Temporal's own page; undefined when the server is not ours to know. */
  readonly ui: string | undefined;
  readonly pid?: number;
};

export type TemporalOptions = {
  /** TEMPORAL_ADDRESS: then nothing is started. */
  readonly address?: string | undefined;
  readonly home: string;
  readonly say: Say;
};

const START_MS = 60_000;

/**
 * The dev server polls its queues 20 times a second on one shard, so each task would wait 40 ms; a
 * production cluster needs none of this.
 */
const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxPollRPS': 2000,
  'history.visibilityProcessorMaxPollRPS': 2000,
  'system.enableActivityEagerExecution': true,
};

/** Without WAL the dev server is slow and erratic. */
const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'];

/** The server at TEMPORAL_ADDRESS, the one already running on our data, or a new dev server on it. */
export async function findTemporal({ address, home, say }: TemporalOptions): Promise<TemporalService> {
  if (address !== undefined) {
    const [host, port] = splitAddress(address);
    if (!await answers(host, port)) throw new AssayError('ASSAY_TEMPORAL_UNREACHABLE');
    return { address, ui: undefined, from: 'TEMPORAL_ADDRESS', stop: async () => {} };
  }
  await mkdir(home, { recursive: true });
  const state = await readState(home, 'temporal');
  if (state !== undefined && isAlive(state.pid) && await answers('127.0.0.1', state.port)) {
    const orphan = !isAlive(state.owner);
    if (orphan) await writeState(home, 'temporal', { ...state, owner: process.pid });
    const stop = async (): Promise<void> => { if (orphan) await stopOrphan(state.pid, 'SIGTERM'); };
    return { ...addresses(state.port, state.uiPort), pid: state.pid, from: 'already running', stop };
  }
  const program = await findTemporalProgram(say);
  say('Starting Temporal');
  const port = await freePort(state?.port);
  const uiPort = await freePort(state?.uiPort);
  const log = join(home, 'temporal.log');
  const server = startProcess(program, [
    'server', 'start-dev', '--ip', '127.0.0.1', '--port', `${port}`, '--ui-ip', '127.0.0.1', '--ui-port', `${uiPort}`,
    '--db-filename', join(home, 'temporal.db'), ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
    ...Object.entries(dynamicConfig).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`]),
    '--log-level', 'error', '--log-format', 'json',
  ], { log });
  if (!await listening(port, server, START_MS)) {
    await server.stop();
    throw new AssayError('ASSAY_TEMPORAL_UNREACHABLE', await tail(log));
  }
  await writeState(home, 'temporal', { port, uiPort, pid: server.pid, owner: process.pid });
  return { ...addresses(port, uiPort), pid: server.pid, from: 'started here', stop: () => server.stop() };
}

const addresses = (port: number, uiPort: number | undefined): Pick<TemporalService, 'address' | 'ui'> =>
  ({ address: `127.0.0.1:${port}`, ui: uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}` });

function splitAddress(address: string): [host: string, port: number] {
  const colon = address.lastIndexOf(':');
  return colon < 0 ? [address, 7233] : [address.slice(0, colon), Number(address.slice(colon + 1))];
}
