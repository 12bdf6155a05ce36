import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder under the system's temporary one; whoever makes it removes it. */
export async function makeScratch(name: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `assay-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A scratch folder for the running test, gone after it. */
export async function scratch(name: string): Promise<string> {
  const { path, remove } = await makeScratch(name);
  onTestFinished(remove);
  return path;
}
