import { bundlePieces, type Entry } from './bundle.ts';
import { everyoneGroup } from './compartment.ts';
import { answerFhir, fhirJson, refuse, type Answer, type Asked } from './exchange.ts';
import { parseInstantRange } from './instant-range.ts';
import type { Paging } from './pages.ts';
import { BadSearch, planSearch } from './search.ts';
import type { Version } from './store.ts';
import type { Server } from './server-parts.ts';

export const versionHeaders = ({ versionId, lastUpdated }: Version) => ({
  etag: `W/"${versionId}"`, 'last-modified': new Date(lastUpdated).toUTCString(),
});

const gone = (version: Version) =>
  refuse(410, 'deleted', 'The resource was deleted.', { etag: `W/"${version.versionId}"` });

export function read({ store, misbehaviours }: Server, { path }: Asked): Answer {
  const { type = '', id = '', version: versionId } = path;
  const version = versionId ? store.version(type, id, versionId) : store.head(type, id);
  if (!version && type === 'Group' && id === everyoneGroup.id) return answerFhir(200, everyoneGroup);
  if (!version) return refuse(404, 'not-found', 'No such resource.');
  if (!version.bytes) return gone(version);
  return answerFhir(200, misbehaviours.resource(version.bytes, version), versionHeaders(version));
}

export function search(server: Server, asked: Asked): Answer {
  const { type = '' } = asked.path;
  const query = new URLSearchParams(asked.query);
  if (asked.method === 'POST') for (const [k, v] of new URLSearchParams(asked.body?.toString())) query.append(k, v);
  try {
    const plan = planSearch(query);
    if (plan.ignored.length > 0 && /handling=strict/.test(String(asked.headers['prefer'])))
      return refuse(400, 'not-supported', `Search parameters not supported: ${plan.ignored.join(', ')}.`);
    const versions: Version[] = [];
    for (const version of server.store.current(type)) if (plan.tests.every((test) => test(version))) versions.push(version);
    if (plan.sort) versions.sort((a, b) => (a.lastUpdated - b.lastUpdated) * (plan.sort === 'newest' ? -1 : 1));
    const used = new URLSearchParams(plan.used).toString();
    const selfUrl = `${server.fhirBase()}/${type}${used && `?${used}`}`;
    return firstPage(server, asked, { kind: 'searchset', versions, count: plan.count, selfUrl });
  } catch (error) {
    if (error instanceof BadSearch) return refuse(400, 'invalid', error.message);
    throw error;
  }
}

/** `_history` of one resource, of a type, or of everything; newest first. */
export function history(server: Server, asked: Asked): Answer {
  const { type, id } = asked.path;
  const versions: Version[] = [];
  for (const ofType of type ? [type] : server.store.types())
    if (id) for (let at = server.store.head(ofType, id); at; at = at.previous) versions.push(at);
    else versions.push(...server.store.everyVersion(ofType));
  if (id && versions.length === 0) return refuse(404, 'not-found', 'No such resource.');
  const since = asked.query.get('_since');
  const range = since === null ? undefined : parseInstantRange(since);
  if (since !== null && !range) return refuse(400, 'invalid', '_since must be an instant.');
  const kept = range ? versions.filter(({ lastUpdated }) => lastUpdated >= range.from) : versions;
  kept.sort((a, b) => b.lastUpdated - a.lastUpdated || b.versionId - a.versionId);
  const count = Math.min(Number(asked.query.get('_count') ?? 100) || 100, 1000);
  const selfUrl = `${server.fhirBase()}${new URL(asked.url, 'http://any').pathname.slice('/fhir'.length)}`;
  return firstPage(server, asked, { kind: 'history', versions: kept, count, selfUrl: since ? `${selfUrl}?_since=${since}` : selfUrl });
}

export function nextPage(server: Server, asked: Asked): Answer {
  const [id = '', offset = ''] = (asked.query.get('_page') ?? '').split('.');
  const paging = server.pages.get(id);
  if (!paging) return refuse(410, 'expired', 'This page is no longer kept: search again.');
  return page(server, asked, paging, Number(offset), id);
}

function firstPage(server: Server, asked: Asked, paging: Paging) {
  const more = paging.count > 0 && paging.versions.length > paging.count;
  return page(server, asked, paging, 0, more ? server.pages.keep(paging) : '');
}

function page(server: Server, asked: Asked, paging: Paging, offset: number, id: string): Answer {
  const { kind, versions, count, selfUrl } = paging;
  const next = offset + count;
  const link = [{ relation: 'self', url: selfUrl }];
  if (count > 0 && next < versions.length) link.push({ relation: 'next', url: `${server.fhirBase()}?_page=${id}.${next}` });
  const entries = versions.slice(offset, next).map((version) => entryOf(server, kind, version));
  return {
    status: 200, headers: { 'content-type': fhirJson },
    body: bundlePieces({ type: kind, total: versions.length, link }, server.misbehaviours.page(asked, entries)),
  };
}

function entryOf({ fhirBase, misbehaviours }: Server, kind: Paging['kind'], version: Version): Entry {
  const { type, id, versionId, lastUpdated, bytes } = version;
  const fullUrl = `${fhirBase()}/${type}/${id}`;
  const resource = bytes && { bytes: misbehaviours.resource(bytes, version) };
  if (kind === 'searchset') return { fullUrl, ...resource, mode: 'match' };
  const method = !bytes ? 'DELETE' : versionId === 1 ? 'POST' : 'PUT';
  return {
    fullUrl, ...resource,
    request: { method, url: method === 'POST' ? type : `${type}/${id}` },
    response: {
      status: method === 'DELETE' ? '204' : method === 'POST' ? '201' : '200',
      etag: `W/"${versionId}"`, lastModified: new Date(lastUpdated).toISOString(),
    },
  };
}
