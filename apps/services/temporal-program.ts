import { execFile } from 'node:child_process';
import { access, constants, mkdir, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { AssayError } from '../../terms/errors.ts';
import type { Say } from './service.ts';

const MODULE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
export const cacheFolder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fhir-assay');
const executable = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
const REPORT_EVERY_MS = 15_000;

/** The path of a Temporal CLI: on PATH, in our cache, as the SDK's download, or built with Go. */
export async function findTemporalProgram(say: Say): Promise<string> {
  const bin = join(cacheFolder, 'bin');
  return await onPath(executable)
    ?? await runnable(join(bin, executable))
    ?? await downloaded()
    ?? await downloadWithSdk(say)
    ?? await buildWithGo(bin, say)
    ?? fail();
}

function fail(): never {
  throw new AssayError('ASSAY_TEMPORAL_ABSENT');
}

async function onPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const found = folder === '' ? undefined : await runnable(join(folder, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

const runnable = (path: string): Promise<string | undefined> =>
  access(path, constants.X_OK).then(() => path, () => undefined);

/** What the SDK downloaded before; it names the file after itself and its version. */
async function downloaded(): Promise<string | undefined> {
  const names = await readdir(cacheFolder).catch(() => []);
  const name = names.find((candidate) => candidate.startsWith('temporal-'));
  return name === undefined ? undefined : runnable(join(cacheFolder, name));
}

async function downloadWithSdk(say: Say): Promise<string | undefined> {
  say('Downloading the Temporal dev server');
  await mkdir(cacheFolder, { recursive: true });
  try {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const trial = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', downloadDir: cacheFolder } },
    });
    await trial.teardown();
  } catch {
    say('The download is not to be had here');
    return undefined;
  }
  return downloaded();
}

async function buildWithGo(bin: string, say: Say): Promise<string | undefined> {
  const go = await onPath('go') ?? await runnable('/usr/local/go/bin/go');
  if (go === undefined) return undefined;
  await mkdir(bin, { recursive: true });
  const started = Date.now();
  const report = (): void => say(`Building the Temporal dev server with Go, once; about 3 minutes (${Math.round((Date.now() - started) / 1000)} s so far)`);
  report();
  const timer = setInterval(report, REPORT_EVERY_MS);
  try {
    await promisify(execFile)(go, ['install', MODULE], { env: { ...process.env, GOBIN: bin }, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new AssayError('ASSAY_TEMPORAL_ABSENT', 'go install failed', { cause: error });
  } finally {
    clearInterval(timer);
  }
  return runnable(join(bin, executable));
}
