import { bundleSlices } from '../../pipelines/source/bundle-slices.ts';
import type { Input } from './blocks.ts';
import type { InputFile } from './input-files.ts';

/** A resource of the population. `line`: its line, or its place in the Bundle from 1; `within`: the Bundle's element that holds it, '' where none does. */
export type Part = { readonly line: number; readonly bytes: Uint8Array; readonly within: string };

const isLines = (path: string): boolean => /\.ndjson(\.gz)?$/i.test(path);
export const withinBundle = (line: number): string => `Bundle.entry[${line - 1}].resource`;

/** A .json file that is a Bundle is taken apart: each entry's resource, named as the others name it (http://hl7.org/fhir/R4/bundle.html#references). */
export function partsOf({ path }: InputFile, { line, bytes }: Input): readonly Part[] {
  const slices = isLines(path) ? undefined : bundleSlices(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (slices === undefined) return [{ line, bytes, within: '' }];
  const found = slices.entries.flatMap(({ entry, resource }, at) => {
    const url = typeof entry['fullUrl'] === 'string' ? entry['fullUrl'] : '', text = resource?.toString('utf8');
    if (text === undefined) return [];
    const { resourceType, id } = JSON.parse(text) as { resourceType?: unknown; id?: unknown };
    return [{ at, url, text, type: String(resourceType ?? ''), id: typeof id === 'string' ? id : undefined, own: /^urn:uuid:([0-9a-f-]{36})$/i.exec(url)?.[1] }];
  });
  const meant = new Map(found.flatMap(({ url, type, id, own }) => (url === '' || (id ?? own) === undefined ? [] : [[url, `${type}/${id ?? own}`] as const])));
  return found.map(({ at, text, id, own }): Part => {
    const named = text.replace(/"reference"\s*:\s*"([^"\\]+)"/g, (as, reference: string) => (meant.has(reference) ? `"reference":"${meant.get(reference)}"` : as));
    // What a transaction creates has no id yet: its fullUrl is who it is here.
    return { line: at + 1, within: withinBundle(at + 1), bytes: Buffer.from(id === undefined && own !== undefined ? named.replace('{', `{"id":"${own}",`) : named) };
  });
}
