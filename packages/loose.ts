import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { packStore, type Store } from './definition-store.ts';
import type { Json } from './slim.ts';

/** One definition in a file of its own, or a Bundle of them. */
export const readLoose = async (file: string): Promise<Store> => {
  const bytes = await readFile(file);
  const resource = (/\.xml$/i.test(file) ? await fromXml(bytes.toString('utf8')) : JSON.parse(bytes.toString('utf8'))) as Json;
  const entries = resource['resourceType'] === 'Bundle' && Array.isArray(resource['entry'])
    ? (resource['entry'] as { resource?: Json }[]).flatMap((e): Json[] => (e.resource ? [e.resource] : [])) : [resource];
  return packStore(basename(file), String(resource['version'] ?? ''), createHash('sha256').update(bytes).digest('hex'), entries);
};

const fromXml = async (text: string): Promise<Json> => {
  const { Fhir } = (await import('fhir-tool/fhir.js')) as { Fhir: new () => { xmlToObj(xml: string): Json } };
  return new Fhir().xmlToObj(text);
};
