import type { JsonObject } from './json-exact.ts';

/** One entry of a Bundle; `bytes` go in as they are, never parsed and written again. */
export type Entry = {
  readonly fullUrl?: string;
  readonly bytes?: Buffer;
  readonly mode?: 'match' | 'include' | 'outcome';
  readonly request?: { method: string; url: string };
  readonly response?: { status: string; etag: string; lastModified: string };
};

export function bundlePieces(
  head: { type: 'searchset' | 'history'; total?: number; link: { relation: string; url: string }[] },
  entries: readonly Entry[],
): Buffer[] {
  const start: JsonObject = { resourceType: 'Bundle', meta: { lastUpdated: new Date().toISOString() }, ...head };
  const pieces: Buffer[] = [Buffer.from(JSON.stringify(start).slice(0, -1))];
  // FHIR JSON has no empty arrays: a page without entries has no `entry`
  entries.forEach((entry, index) => pieces.push(Buffer.from(index === 0 ? ',"entry":[' : ','), ...entryPieces(entry)));
  pieces.push(Buffer.from(entries.length > 0 ? ']}' : '}'));
  return pieces;
}

function entryPieces({ bytes, mode, ...rest }: Entry): Buffer[] {
  const others = JSON.stringify({ ...rest, ...(mode && { search: { mode } }) }).slice(1, -1);
  if (!bytes) return [Buffer.from(`{${others}}`)];
  return [Buffer.from('{"resource":'), bytes, Buffer.from(others ? `,${others}}` : '}')];
}
