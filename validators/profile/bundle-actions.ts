import { isAbsolute, type BundleIndex } from './bundle-index.ts';
import type { Checker } from './checker.ts';
import { isObject, type Statement } from './run.ts';

const say = (says: string, severity: Statement['severity'] = 'error'): Statement => ({ rule: 'profile-bundle', severity, code: 'invalid', says });

const absoluteUrl = say('The URL of a request is relative to the base of the server; leave the base away.', 'warning');
const noType = say('The URL of this request names no resource type of FHIR R4; write Type, Type/id or Type?search.', 'warning');
const otherType = say('The URL of the request names another resource type than the entry holds; correct one of them.');
const otherId = say("An update names the resource by its id, and the resource's own id is another or absent; give both the same.");
const bodyless = say('A request to read or delete sends no resource; remove it.', 'warning');
const noBody = say('A request to create or update sends a resource; add it.');
const twice = say('Another entry of the transaction changes the same resource, and the order of changes is not that of the entries; keep one.');

/** `Patient/1`, `Patient?identifier=…`, `Patient`; `$operation` and `_history` may follow. */
const parts = (url: string): { readonly type: string; readonly id: string | undefined } => {
  const [path = ''] = url.split('?');
  const [type = '', id] = path.split('/');
  return { type, id: id === undefined || id.startsWith('$') || id.startsWith('_') ? undefined : id };
};

/** Requests of transactions and batches, and what a history tells of them: http://hl7.org/fhir/R4/http.html#trules, http://hl7.org/fhir/R4/http.html#update */
export const checkActions = (checker: Checker, { entries }: BundleIndex, type: 'transaction' | 'batch' | 'history'): void => {
  const changed = new Set<string>();
  for (const { index, entry, resource } of entries) {
    const { request } = entry;
    if (!isObject(request) || typeof request['url'] !== 'string' || typeof request['method'] !== 'string') continue;
    const { method, url } = request as { method: string; url: string };
    const at = `.entry[${index}]`;
    if (isAbsolute(url)) { checker.add(absoluteUrl, `${at}.request.url`); continue; }
    const named = parts(url);
    const system = url === '' || /^[_$?]/.test(url); // an operation, search or history of the whole server
    if (!system && !checker.program.catalog.isResource(named.type)) { checker.add(noType, `${at}.request.url`); continue; }
    const writes = method === 'PUT' || (method === 'POST' && !/[$]|_search/.test(url));
    if (writes && !resource) checker.add(noBody, at);
    if (resource && (method === 'DELETE' || method === 'GET' || method === 'HEAD') && type !== 'history') checker.add(bodyless, `${at}.resource`);
    if (!resource || !writes || system) continue;
    if (resource['resourceType'] !== named.type) checker.add(otherType, `${at}.request.url`);
    else if (method === 'PUT' && named.id !== undefined && resource['id'] !== named.id) checker.add(otherId, `${at}.resource`);
    else if (method === 'PUT' && type === 'transaction') {
      const key = named.id === undefined ? url : `${named.type}/${named.id}`;
      if (changed.has(key)) checker.add(twice, at);
      changed.add(key);
    }
  }
};
