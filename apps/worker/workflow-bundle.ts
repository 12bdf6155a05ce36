import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { failureConverterPath } from '../temporal/data-converter.ts';

const workflowsPath = fileURLToPath(new URL('../../workflows/all-workflows.ts', import.meta.url));
/** All that workflow code may hold (test/boundaries.test.ts). */
const rooms = ['workflows', 'terms'].map((room) => fileURLToPath(new URL(`../../${room}`, import.meta.url)));

/** The workflows as one bundle; it serves any number of workers and replays. */
export const bundleWorkflows = (): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({ workflowsPath, failureConverterPath, logger: new DefaultLogger('ERROR') });

/**
 * The bundle from a folder of ours, named by the hash of what it is made of; made and put there where it is not. Making it
 * takes a worker longer than all else that it does at its start.
 */
export async function keptBundle(folder: string): Promise<{ readonly code: string }> {
  const file = join(folder, `workflows-${await madeOf()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return { code: kept };
  const made = await bundleWorkflows();
  const draft = `${file}.${process.pid}`;
  // A folder that takes no files costs time, nothing else.
  await mkdir(folder, { recursive: true }).then(() => writeFile(draft, made.code)).then(() => rename(draft, file)).catch(() => {});
  return made;
}

async function madeOf(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(createRequire(import.meta.url).resolve('@temporalio/worker/package.json')));
  const inRooms = rooms.map(async (room) => (await readdir(room, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort());
  for (const path of [failureConverterPath, ...(await Promise.all(inRooms)).flat()]) hash.update(`\n${path}\n`).update(await readFile(path));
  return hash.digest('hex').slice(0, 32);
}
