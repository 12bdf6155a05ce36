import { readFile, rename, writeFile } from 'node:fs/promises';
import { AssayError } from '../terms/errors.ts';

/** What is in force: fhir-profiles/packages.lock.json. `sha256` is that of the .tgz or loose file; of the files, where the package was in the cache. */
export type LockedPackage = { readonly name: string; readonly version: string; readonly sha256: string; readonly dependencies: Readonly<Record<string, string>> };
export type Lock = { readonly lockVersion: 1; readonly packages: readonly LockedPackage[] };

const empty: Lock = { lockVersion: 1, packages: [] };

export const readLock = async (file: string): Promise<Lock> => {
  let text: string;
  try { text = await readFile(file, 'utf8'); } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return empty;
    throw error;
  }
  const lock = JSON.parse(text) as Partial<Lock>;
  if (lock.lockVersion !== 1 || !Array.isArray(lock.packages)) throw new AssayError('ASSAY_PACKAGE_LOCK', 'unknown form');
  return lock as Lock;
};

/** Adds or replaces a package: one version of a name is in force at a time. */
export const lockPackage = (lock: Lock, added: LockedPackage): Lock => ({
  lockVersion: 1,
  packages: [...lock.packages.filter((p) => p.name !== added.name), added].sort((a, b) => (a.name < b.name ? -1 : 1)),
});

export const writeLock = async (file: string, lock: Lock): Promise<void> => {
  await writeFile(`${file}.new`, `${JSON.stringify(lock, null, 2)}\n`);
  await rename(`${file}.new`, file);
};

/** A package whose bytes are not those that were locked is not used. */
export const assertLocked = (lock: Lock, name: string, version: string, sha256: string): void => {
  const known = lock.packages.find((p) => p.name === name && p.version === version);
  if (known && known.sha256 !== sha256) throw new AssayError('ASSAY_PACKAGE_LOCK', `${name}@${version} has other bytes`);
};
