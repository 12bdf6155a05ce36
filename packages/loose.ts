import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AssayError } from '../terms/errors.ts';
import { packStore, type Store } from './definition-store.ts';
import type { Json } from './slim.ts';

/** A definition in a file of its own, or a Bundle of them. */
export const looseDefinition = async (file: string): Promise<{ readonly json: Json; readonly sha256: string }> => {
  const bytes = await readFile(file);
  let json: unknown;
  try { json = /\.xml$/i.test(file) ? await fromXml(bytes.toString('utf8')) : JSON.parse(bytes.toString('utf8')); } catch (error) { throw new AssayError('ASSAY_PACKAGE_UNREADABLE', basename(file), { cause: error }); }
  if (typeof json !== 'object' || json === null || typeof (json as Json)['resourceType'] !== 'string') throw new AssayError('ASSAY_PACKAGE_UNREADABLE', `${basename(file)} is no FHIR resource`);
  return { json: json as Json, sha256: createHash('sha256').update(bytes).digest('hex') };
};

export const unbundled = (resource: Json): readonly Json[] => (resource['resourceType'] === 'Bundle' && Array.isArray(resource['entry'])
  ? (resource['entry'] as { resource?: Json }[]).flatMap((e): Json[] => (e.resource ? [e.resource] : [])) : [resource]);

export const readLoose = async (file: string): Promise<Store> => {
  const { json, sha256 } = await looseDefinition(file);
  return packStore(basename(file), String(json['version'] ?? ''), sha256, unbundled(json));
};

const fromXml = async (text: string): Promise<Json> => {
  const { Fhir } = (await import('fhir-tool/fhir.js')) as { Fhir: new () => { xmlToObj(xml: string): Json } };
  return new Fhir().xmlToObj(text);
};
