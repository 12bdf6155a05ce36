import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, normalize, sep } from 'node:path';
import { AssayError } from '../terms/errors.ts';
import { corePackage, defaultPackageDir } from './load.ts';
import { assertLocked, lockPackage, readLock, writeLock, type Lock } from './lock.ts';
import { looseDefinition } from './loose.ts';
import { download, type Registry } from './registry.ts';
import { readFolder, untar, type Manifest } from './tgz.ts';

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

type Taken = Manifest & { readonly files: number; readonly sha256: string };

/** From a .tgz; into the cache. */
const fromArchive = async (bytes: Buffer, packageDir: string): Promise<Taken> =>
  ({ ...await install(bytes, packageDir), sha256: createHash('sha256').update(bytes).digest('hex') });

/** Loose definitions (.json, .xml) become a package of their own, named for the file and versioned by its content. */
const fromLoose = async (file: string, packageDir: string): Promise<Taken> => {
  const { json, sha256 } = await looseDefinition(file);
  const manifest = { name: `loose.${basename(file).replace(/\.\w+$/, '').toLowerCase().replace(/[^a-z0-9._-]+/g, '-')}`, version: `0.0.0-${sha256.slice(0, 12)}`, dependencies: {} };
  const folder = join(packageDir, `${manifest.name}#${manifest.version}`, 'package');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'definition.json'), JSON.stringify(json));
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest)); // last: a folder without it is no package
  return { ...manifest, files: 1, sha256 };
};

/** A package that is in the cache already; undefined where it is not. Its hash is that of its files. */
const fromCache = async (name: string, version: string, packageDir: string): Promise<Taken | undefined> => {
  const folder = join(packageDir, `${name}#${version}`, 'package');
  if (!existsSync(join(folder, 'package.json'))) return undefined;
  const { resources: _resources, hash, ...manifest } = await readFolder(folder);
  return { ...manifest, files: (await readdir(folder)).length, sha256: hash };
};

const take = async (what: string, options: Resolved, lock: Lock): Promise<Taken> => {
  if (/\.(tgz|tar\.gz)$/i.test(what)) return fromArchive(await readFile(what), options.packageDir);
  if (/\.(json|xml)$/i.test(what)) return fromLoose(what, options.packageDir);
  const [name = '', version = 'latest'] = what.split('@');
  const cached = await fromCache(name, version, options.packageDir);
  if (cached) return cached;
  if (!options.registry) throw new AssayError('ASSAY_PACKAGE_REGISTRY', `${what}: no registry is configured`);
  const { bytes } = await download(options.registry, name, version);
  assertLocked(lock, name, version, createHash('sha256').update(bytes).digest('hex'));
  return fromArchive(bytes, options.packageDir);
};

type Resolved = AddOptions & { readonly packageDir: string };

const one = async (what: string, options: Resolved, done: Map<string, Added>): Promise<void> => {
  const isFile = /\.(tgz|tar\.gz|json|xml)$/i.test(what);
  const [name = '', version] = isFile ? [] : what.split('@');
  if (builtIn.has(name) || done.has(name)) return;
  const lock = await readLock(options.lockFile);
  if (lock.packages.some((p) => p.name === name && p.version === version) && existsSync(join(options.packageDir, `${name}#${version}`))) return;
  const taken = await take(what, options, lock);
  const { sha256, files, dependencies = {} } = taken;
  await writeLock(options.lockFile, lockPackage(await readLock(options.lockFile), { name: taken.name, version: taken.version, sha256, dependencies }));
  done.set(taken.name, { name: taken.name, version: taken.version, sha256, files });
  for (const [dependency, wanted] of Object.entries(dependencies)) {
    // Without a registry, what the cache does not have stays missing: the caller says so.
    if (options.registry || existsSync(join(options.packageDir, `${dependency}#${wanted}`))) await one(`${dependency}@${wanted}`, options, done);
  }
};

/**
 * Puts a package in force: from a .tgz, loose .json or .xml, or by NAME@VERSION from the package cache or else the
 * registry, with its dependencies. Those that neither has without a registry are the caller's to name (`missingDependencies`).
 * @throws AssayError ASSAY_PACKAGE_REGISTRY, ASSAY_PACKAGE_UNREADABLE, ASSAY_PACKAGE_LOCK
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
