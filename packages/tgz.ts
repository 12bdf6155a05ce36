import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { AssayError } from '../terms/errors.ts';
import type { Json } from './slim.ts';

export type Manifest = { readonly name: string; readonly version: string; readonly dependencies?: Readonly<Record<string, string>>; readonly fhirVersions?: readonly string[] };
export type PackageContent = Manifest & { readonly resources: Json[] };

/** A package unpacked takes no more than this: a small archive may not fill the memory. */
const maxBytes = 1 << 30;

/** Files of a .tgz, paths as in the archive. */
export const untar = async (bytes: Uint8Array, onFile: (path: string, content: Buffer) => void): Promise<void> => {
  let total = 0;
  const entries = extract();
  entries.on('entry', (header, stream, next) => {
    const parts: Buffer[] = [];
    stream.on('data', (chunk: unknown) => {
      const part = chunk as Buffer;
      total += part.length;
      if (total > maxBytes) entries.destroy(new AssayError('ASSAY_PACKAGE_UNREADABLE', 'unpacks to more than 1 GiB'));
      else parts.push(part);
    });
    stream.on('end', () => {
      // Thrown here it would reach nobody: the pipeline is to fail with it.
      try { if (header.type === 'file') onFile(header.name, Buffer.concat(parts)); next(); } catch (error) { next(error as Error); }
    });
    stream.on('error', next);
  });
  try { await pipeline(Readable.from([bytes]), createGunzip(), entries); } catch (error) {
    throw error instanceof AssayError ? error : new AssayError('ASSAY_PACKAGE_UNREADABLE', undefined, { cause: error });
  }
};

const isDefinition = (name: string): boolean => name.endsWith('.json') && name !== 'package.json' && !name.startsWith('.');

/** Reads package/*.json; examples and other folders are left out. */
export const readTgz = async (bytes: Uint8Array): Promise<PackageContent> => {
  let manifest: Manifest | undefined;
  const resources: Json[] = [];
  await untar(bytes, (path, content) => {
    const name = path.replace(/^\.?\/?package\//, '');
    if (name.includes('/') || name === path) return;
    if (name === 'package.json') manifest = JSON.parse(content.toString('utf8')) as Manifest;
    else if (isDefinition(name)) resources.push(JSON.parse(content.toString('utf8')) as Json);
  });
  if (!manifest?.name) throw new AssayError('ASSAY_PACKAGE_UNREADABLE', 'no package/package.json');
  return { ...manifest, resources };
};

/** An unpacked package, as the FHIR package cache keeps it. The hash covers names, sizes and the manifest. */
export const readFolder = async (folder: string): Promise<Manifest & { readonly hash: string; resources(): Promise<Json[]> }> => {
  const manifestText = await readFile(join(folder, 'package.json'), 'utf8');
  const names = (await readdir(folder)).filter(isDefinition).sort();
  const hash = createHash('sha256').update(manifestText);
  for (const name of names) hash.update(name).update('\0').update(await readFile(join(folder, name)));
  return {
    ...(JSON.parse(manifestText) as Manifest), hash: hash.digest('hex'),
    resources: () => Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Json)),
  };
};
