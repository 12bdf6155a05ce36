import { randomUUID } from 'node:crypto';
import { isResource } from './compartment.ts';
import { answerFhir, refuse, type Answer, type Asked } from './exchange.ts';
import { isObject, parseExact, type JsonObject } from './json-exact.ts';
import { versionHeaders } from './rest-read.ts';
import type { Server } from './server-parts.ts';

const idForm = /^[A-Za-z0-9.-]{1,64}$/;

/** POST /Type, PUT /Type/id (If-Match honoured), DELETE /Type/id. */
export function write(server: Server, asked: Asked): Answer {
  const { type = '', id = randomUUID() } = asked.path;
  const head = server.store.head(type, id);
  const ifMatch = asked.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== `W/"${head?.versionId}"`) return refuse(412, 'conflict', 'Another version is current.');
  if (asked.method === 'DELETE') {
    const removed = server.store.remove(type, id);
    return { status: 204, headers: removed ? { etag: `W/"${removed.versionId}"` } : {}, body: [] };
  }
  if (!idForm.test(id)) return refuse(400, 'value', 'An id has 1 to 64 letters, digits, dots and dashes.');
  const resource = parsed(asked.body);
  if (!resource) return refuse(400, 'structure', 'The body is no JSON object.');
  if (!isResource(resource) || resource.resourceType !== type) return refuse(400, 'invalid', 'The body is no resource of the type in the address.');
  if (asked.path['id'] && resource['id'] !== id) return refuse(400, 'invalid', 'The id in the body is not the one in the address.');
  const version = server.store.write({ ...resource, id });
  const location = `${server.fhirBase()}/${type}/${id}/_history/${version.versionId}`;
  return answerFhir(head?.bytes ? 200 : 201, version.bytes ?? Buffer.alloc(0), { location, ...versionHeaders(version) });
}

function parsed(body: Buffer | undefined): JsonObject | undefined {
  try {
    const value = parseExact(body?.toString() ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
