import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../apps/services/temporal-program.ts';

const VERSION = '4.32.5';
const run = promisify(execFile);

/** Schemathesis' program, brought by pip once into our cache: an environment of its own is bound to its place. */
export async function schemathesis(): Promise<string> {
  const folder = join(cacheFolder, `schemathesis-${VERSION}`);
  const program = join(folder, 'bin', 'schemathesis');
  if (existsSync(program)) return program;
  await mkdir(cacheFolder, { recursive: true });
  try {
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`], { timeout: 300_000 });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return program;
}
