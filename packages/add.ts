import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { AssayError } from '../terms/errors.ts';
import { corePackage, defaultPackageDir } from './load.ts';
import { assertLocked, lockPackage, readLock, writeLock, type LockedPackage } from './lock.ts';
import { download, type Registry } from './registry.ts';
import { untar, type Manifest } from './tgz.ts';

export type AddOptions = {
  readonly lockFile: string;
  /** ~/.fhir/packages by default. */
  readonly packageDir?: string;
  /** Needed for NAME@VERSION and for dependencies that are not in the cache. */
  readonly registry?: Registry;
};
export type Added = { readonly name: string; readonly version: string; readonly sha256: string; readonly files: number };

/** Names that are always there, or that only publishing needs. */
const builtIn = new Set([corePackage, 'hl7.fhir.r4.expansions', 'hl7.fhir.r4.examples', 'hl7.fhir.pubpack']);

/** Unpacks into the cache's layout, `NAME#VERSION/package/…`, whole or not at all. */
const install = async (bytes: Buffer, packageDir: string): Promise<Manifest & { readonly files: number }> => {
  await mkdir(packageDir, { recursive: true });
  const folder = await mkdtemp(join(packageDir, '.adding-'));
  try {
    const files: [string, Buffer][] = [];
    await untar(bytes, (path, content) => {
      const clean = normalize(path);
      if (clean.startsWith('..') || clean.startsWith(sep)) throw new AssayError('ASSAY_PACKAGE_UNREADABLE', 'a path leaves the archive');
      files.push([clean, content]);
    });
    const manifestFile = files.find(([path]) => path === join('package', 'package.json'));
    if (!manifestFile) throw new AssayError('ASSAY_PACKAGE_UNREADABLE', 'no package/package.json');
    const manifest = JSON.parse(manifestFile[1].toString('utf8')) as Manifest;
    if (!/^[a-z0-9][a-z0-9._-]*$/i.test(manifest.name) || !/^[a-z0-9][a-z0-9.+_-]*$/i.test(manifest.version)) throw new AssayError('ASSAY_PACKAGE_UNREADABLE', 'name or version');
    for (const [path, content] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const target = join(packageDir, `${manifest.name}#${manifest.version}`);
    await rm(target, { recursive: true, force: true });
    await rename(folder, target);
    return { ...manifest, files: files.length };
  } finally { await rm(folder, { recursive: true, force: true }); }
};

const one = async (what: string, options: Required<Pick<AddOptions, 'packageDir'>> & AddOptions, done: Map<string, Added>): Promise<void> => {
  const isFile = /\.(tgz|tar\.gz)$/i.test(what);
  const [name, version] = isFile ? [what, ''] : [what.split('@')[0]!, what.split('@')[1] ?? 'latest'];
  if (builtIn.has(name) || [...done.values()].some((d) => d.name === name)) return;
  const lock = await readLock(options.lockFile);
  if (!isFile && lock.packages.some((p) => p.name === name && p.version === version) && existsSync(join(options.packageDir, `${name}#${version}`))) return;
  if (!isFile && !options.registry) throw new AssayError('ASSAY_PACKAGE_REGISTRY', `${what}: no registry is configured`);
  const bytes = isFile ? await readFile(what) : (await download(options.registry!, name, version)).bytes;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!isFile) assertLocked(lock, name, version, sha256);
  const manifest = await install(bytes, options.packageDir);
  const locked: LockedPackage = { name: manifest.name, version: manifest.version, sha256, dependencies: manifest.dependencies ?? {} };
  await writeLock(options.lockFile, lockPackage(await readLock(options.lockFile), locked));
  done.set(manifest.name, { name: manifest.name, version: manifest.version, sha256, files: manifest.files });
  if (options.registry) for (const [dependency, wanted] of Object.entries(manifest.dependencies ?? {})) await one(`${dependency}@${wanted}`, options, done);
};

/**
 * Puts a package in force: from a .tgz, or by NAME@VERSION from the registry, with its dependencies where a registry
 * is configured. Without one, absent dependencies are the caller's to name (`missingDependencies`).
 */
export const addPackage = async (what: string, options: AddOptions): Promise<readonly Added[]> => {
  const done = new Map<string, Added>();
  await one(what, { ...options, packageDir: options.packageDir ?? defaultPackageDir() }, done);
  return [...done.values()];
};

/** Dependencies of locked packages that are not locked themselves: what they define is `unevaluated`. */
export const missingDependencies = async (lockFile: string): Promise<readonly string[]> => {
  const { packages } = await readLock(lockFile);
  const names = new Set(packages.map((p) => p.name));
  return [...new Set(packages.flatMap((p) => Object.entries(p.dependencies)).filter(([name]) => !names.has(name) && !builtIn.has(name)).map(([name, version]) => `${name}@${version}`))].sort();
};

/** The packages in force, as `loadPackages` takes them. */
export const lockedPackages = async (lockFile: string): Promise<readonly string[]> =>
  (await readLock(lockFile)).packages.map((p) => `${p.name}@${p.version}`);
