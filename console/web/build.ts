import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const web = fileURLToPath(new URL('./', import.meta.url));
const project = fileURLToPath(new URL('../../', import.meta.url));
const built = join(web, 'dist');

/**
 * Builds the page when its sources, or the packages it is made from, are not those of the last build.
 * @returns the folder to serve
 */
export async function buildWebIfStale(): Promise<string> {
  const hash = await sourceHash();
  if (await readFile(join(built, 'source-hash'), 'utf8').catch(() => '') === hash) return built;
  const vite = viteProgram();
  // The published package holds the built page and no build tool.
  if (vite === undefined && existsSync(join(built, 'index.html'))) return built;
  if (vite === undefined) throw new Error('the page is not built, and Vite is not installed: run npm install');
  const draft = `${built}.${process.pid}`;
  // A process of its own: its memory is given back, and React is the production one whatever ours is.
  await promisify(execFile)(process.execPath,
    [vite, 'build', web, '--configLoader', 'native', '--outDir', draft, '--logLevel', 'warn'],
    { env: { ...process.env, NODE_ENV: 'production' } });
  await writeFile(join(draft, 'source-hash'), hash);
  // Another process may have built the same meanwhile: either result will do.
  await rm(built, { recursive: true, force: true });
  await rename(draft, built).catch(() => rm(draft, { recursive: true, force: true }));
  return built;
}

function viteProgram(): string | undefined {
  try {
    return join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js');
  } catch {
    return undefined;
  }
}

/** SHA-256 over names and contents of what the page is built from. */
async function sourceHash(): Promise<string> {
  const names: string[] = [];
  for await (const name of glob('**/*.{ts,tsx,css,html,svg}', { cwd: web, exclude: ['dist*/**', '**/*.test.ts'] })) names.push(name);
  const hash = createHash('sha256');
  for (const file of [...names.sort().map((name) => join(web, name)), join(project, 'package-lock.json')]) {
    hash.update(`${file.slice(project.length)}\0`).update(await readFile(file).catch(() => '')).update('\0');
  }
  return hash.digest('hex');
}
