import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A service's process that ends when we end. */
export type OwnedProcess = {
  readonly pid: number;
  /** False once the process has ended, by whose hand ever. */
  running(): boolean;
  /** Asks it to stop, then kills it; resolves when it is gone. */
  stop(): Promise<void>;
};

export type SpawnOptions = {
  /** Its output goes straight to this file: no pipe that breaks when we are killed. */
  readonly log: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
  readonly stopSignal?: NodeJS.Signals;
};

const GRACE_MS = 20_000;

/** Starts a service in a process group of its own, so that Ctrl-C reaches us first and we stop things in order. */
export function startProcess(command: string, args: readonly string[], options: SpawnOptions): OwnedProcess {
  const { log, stopSignal = 'SIGTERM', ...rest } = options;
  const output = openSync(log, 'a');
  const child = spawn(command, args, { ...rest, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    const end = (): void => { ended = true; process.off('exit', lastResort); resolve(); };
    child.once('exit', end);
    child.once('error', end);
  });
  function lastResort(): void { if (!ended) child.kill(stopSignal); }
  process.once('exit', lastResort);
  child.unref();
  return {
    pid: child.pid ?? 0,
    running: () => !ended,
    async stop() {
      if (ended) return;
      child.ref();
      child.kill(stopSignal);
      const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await gone;
      clearTimeout(kill);
    },
  };
}

/** Stops a process that an earlier run of ours left behind. */
export async function stopOrphan(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (!signalled(pid, signal)) return;
  for (const end = Date.now() + GRACE_MS; Date.now() < end;) {
    if (!isAlive(pid)) return;
    await sleep(50);
  }
  signalled(pid, 'SIGKILL');
}

export function isAlive(pid: number): boolean {
  return pid > 0 && signalled(pid, 0);
}

function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Resolves when something listens on the port; false when the process ends or time is up before that. */
export async function listening(port: number, process: Pick<OwnedProcess, 'running'>, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end && process.running();) {
    if (await answers('127.0.0.1', port)) return true;
    await sleep(25);
  }
  return false;
}

export function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const done = (open: boolean) => (): void => { socket.destroy(); resolve(open); };
    socket.once('connect', done(true)).once('error', done(false)).once('timeout', done(false));
  });
}

/** The end of a log, for an error's detail. */
export async function tail(log: string, lines = 5): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join(' | ');
}
