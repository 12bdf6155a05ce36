import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { startProcess, tail } from '../../apps/services/owned-process.ts';
import { sampleFolders } from '../../sandbox/server.ts';
import type { Policy } from '../../terms/policy.ts';
import { chartBeforeBirth } from './charted-records.ts';
import { makeScratch } from './scratch.ts';
import type { Shared } from './shared-services.ts';

const program = join(import.meta.dirname, '..', '..', 'apps', 'assay.ts');
const READY_MS = 300_000;
/** Journeys wait for decisions to take effect: the policy’s own window would be most of their time. */
const UNDO_SECONDS = 6;

/** `assay start`, as `npm start` runs it, over the sandbox’s records and some more for registration. */
export async function startSharedProduct(): Promise<Shared<'product'>> {
  const home = await makeScratch('product');
  await chmod(home.path, 0o755);
  const [data, log] = [join(home.path, 'ehr'), join(home.path, 'start.log')];
  await fillEhr(data);
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ASSAY_HOME: join(home.path, 'data') };
  const running = startProcess(process.execPath, [...process.execArgv, program, 'start', '--data', data], { log, cwd: home.path, env });
  const stop = async (): Promise<void> => { await running.stop(); await home.remove(); };
  try {
    const said = await readyText(log, running.running);
    const assay = async (...args: string[]): Promise<string> => (await promisify(execFile)(process.execPath, [...process.execArgv, program, ...args], { cwd: home.path, env, maxBuffer: 1 << 24 })).stdout;
    const policy = JSON.parse(await assay('policy', 'show')) as Policy;
    await writeFile(join(home.path, 'policy.json'), JSON.stringify({ ...policy, undoSeconds: UNDO_SECONDS }));
    await assay('policy', 'put', join(home.path, 'policy.json'));
    const tokens = Object.fromEntries([...said.matchAll(/^ {2}(\w+) +(assay_\S+)$/gm)].map(([, feed, token]) => [feed ?? '', token ?? '']));
    return { told: { url: /^ {2}page +(\S+)\/$/m.exec(said)?.[1] ?? '', tokens }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The shipped samples as one folder, and records that somebody charted with a wrong year. */
async function fillEhr(folder: string): Promise<void> {
  await mkdir(folder);
  for (const [place, from] of sampleFolders.entries()) {
    for (const name of await readdir(from)) if (name.endsWith('.ndjson.gz')) await copyFile(join(from, name), join(folder, name.replace('.ndjson', `.${place + 1}.ndjson`)));
  }
  const [first = '{}'] = gunzipSync(await readFile(join(folder, 'Patient.1.ndjson.gz'))).toString('utf8').split('\n');
  await chartBeforeBirth(folder, (JSON.parse(first) as { id: string }).id);
}

async function readyText(log: string, running: () => boolean): Promise<string> {
  for (const end = Date.now() + READY_MS; Date.now() < end && running(); await sleep(250)) {
    const said = await readFile(log, 'utf8');
    if (said.includes('It stays up.')) return said;
  }
  throw new Error(`the product did not start: ${await tail(log)}`);
}
