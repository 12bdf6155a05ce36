import type { Asked } from '../../storage/source.ts';
import type { NewFile } from '../../storage/run-files.ts';
import type { SourceItem } from '../../terms/resource-version.ts';
import { isObject, isString, type JsonObject } from './body.ts';
import type { EntrySlice } from './bundle-slices.ts';
import { readCapability } from './capability.ts';
import type { Connection } from './connection.ts';
import { literalReference } from './literal-reference.ts';
import { pageName } from './page-name.ts';
import { sinceOf } from './since.ts';

// http://hl7.org/fhir/R4/http.html#history

const PAGE_SIZE = 200;

/** @param take `deletions`: what changed comes another way, only what was deleted is taken */
export function historyFile(base: string, type: string, since: string, take: 'changes' | 'deletions', size = PAGE_SIZE): NewFile {
  return {
    name: pageName({ kind: take, type, query: 1, attempt: 1, page: 1 }), kind: 'history', type,
    url: `${base}/${type}/_history?${new URLSearchParams({ _since: since, _count: String(size) }).toString()}`,
  };
}

/**
 * For an export whose manifest names no deletions: the histories of its types, where it has a `_since`.
 * @param known types of which there is something that can have been deleted
 */
export async function historyFiles(connection: Connection, asked: Asked, known: readonly string[]): Promise<NewFile[]> {
  if (asked.since === undefined) return [];
  const capability = await readCapability(connection);
  const types = (asked.types ?? known).filter((type) => capability.hasTypeHistory(type));
  return types.flatMap((type) => {
    const since = sinceOf(asked, type);
    return since === undefined ? [] : [historyFile(connection.base, type, since, 'deletions')];
  });
}

/** Entries come newest first: of a resource that a page names twice, the first is what it is now. */
export function* historyItems(entries: readonly EntrySlice[], deletionsOnly: boolean): Generator<SourceItem> {
  const seen = new Set<string>();
  for (const [index, { entry, resource }] of entries.entries()) {
    const place = { line: index + 1, nextOffset: index + 1, bytes: resource ?? Buffer.alloc(0) };
    const named = subjectOf(entry);
    const key = `${named?.type}/${named?.id}`;
    const older = named !== undefined && seen.has(key);
    seen.add(key);
    const deleted = isDeletion(entry, resource) ? named : undefined;
    if (deletionsOnly && (deleted === undefined || older)) continue;
    if (older) yield { ...place, skip: 'older-version' };
    else if (deleted !== undefined) yield { ...place, bytes: Buffer.alloc(0), deleted: { ...deleted, ...modifiedAt(entry) } };
    else yield resource === undefined ? { ...place, skip: 'no-resource' } : place;
  }
}

const part = (entry: JsonObject, name: string): JsonObject => (isObject(entry[name]) ? entry[name] : {});

function isDeletion(entry: JsonObject, resource: Buffer | undefined): boolean {
  const { method } = part(entry, 'request');
  return method === 'DELETE' || (method === undefined && resource === undefined && /^(204|410)/.test(String(part(entry, 'response')['status'])));
}

/** The resource an entry is about; servers put its version into the address (HAPI: `Patient/1/_history/2`). */
function subjectOf(entry: JsonObject): { type: string; id: string } | undefined {
  const { resourceType: type, id } = part(entry, 'resource');
  if (isString(type) && isString(id)) return { type, id };
  return literalReference(part(entry, 'request')['url']) ?? literalReference(entry['fullUrl']);
}

function modifiedAt(entry: JsonObject): { lastModified?: string } {
  const { lastModified } = part(entry, 'response');
  return isString(lastModified) ? { lastModified } : {};
}
