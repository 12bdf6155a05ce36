import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cancel, download, kickOff, status } from './bulk.ts';
import { applyRange } from './byte-range.ts';
import { capabilityStatement, smartConfiguration } from './capability.ts';
import { refuse, type Answer, type Asked, type AskedFor } from './exchange.ts';
import { history, nextPage, read, search } from './rest-read.ts';
import { write } from './rest-write.ts';
import { send } from './send.ts';
import type { Server } from './server-parts.ts';
import { allows } from './smart-scope.ts';
import { bearerIn } from './smart-tokens.ts';
import { token } from './smart.ts';

type Handler = (server: Server, asked: Asked) => Answer | Promise<Answer>;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const routes: [Method, string, AskedFor, Handler][] = [
  ['GET', '/fhir/metadata', 'metadata', capabilityStatement],
  ['GET', '/fhir/.well-known/smart-configuration', 'metadata', smartConfiguration],
  ['POST', '/auth/token', 'token', token],
  ['GET', '/fhir/$export', 'kick-off', kickOff],
  ['POST', '/fhir/$export', 'kick-off', kickOff],
  ['GET', '/fhir/Patient/$export', 'kick-off', kickOff],
  ['POST', '/fhir/Patient/$export', 'kick-off', kickOff],
  ['GET', '/fhir/Group/:id/$export', 'kick-off', kickOff],
  ['POST', '/fhir/Group/:id/$export', 'kick-off', kickOff],
  ['GET', '/fhir/bulk/:job', 'status', status],
  ['DELETE', '/fhir/bulk/:job', 'cancel', cancel],
  ['GET', '/fhir/bulk/:job/:file', 'download', download],
  ['GET', '/fhir', 'next-page', nextPage],
  ['GET', '/fhir/_history', 'history', history],
  ['GET', '/fhir/:type/_history', 'history', history],
  ['GET', '/fhir/:type/:id/_history', 'history', history],
  ['GET', '/fhir/:type/:id/_history/:version', 'read', read],
  ['GET', '/fhir/:type/:id', 'read', read],
  ['GET', '/fhir/:type', 'search', search],
  ['POST', '/fhir/:type/_search', 'search', search],
  ['POST', '/fhir/:type', 'write', write],
  ['PUT', '/fhir/:type/:id', 'write', write],
  ['DELETE', '/fhir/:type/:id', 'write', write],
];

export function mountRoutes(app: FastifyInstance, server: Server) {
  for (const [method, url, kind, handler] of routes)
    app.route({ method, url, handler: (request, reply) => respond(server, request, reply, kind, handler) });
  app.setNotFoundHandler((request, reply) =>
    respond(server, request, reply, 'metadata', () => refuse(404, 'not-found', 'No such address.')));
}

async function respond(server: Server, request: FastifyRequest, reply: FastifyReply, kind: AskedFor, handler: Handler) {
  reply.hijack();
  const asked: Asked = {
    kind, method: request.method, url: request.url, path: (request.params ?? {}) as Record<string, string>,
    query: new URLSearchParams(request.url.split('?')[1]), headers: request.headers,
    body: Buffer.isBuffer(request.body) ? request.body : undefined, client: 'anyone',
  };
  try {
    const answer = unauthorized(server, asked) ?? server.misbehaviours.before(asked) ?? (await handler(server, asked));
    await send(reply.raw, applyRange(server.misbehaviours.after(asked, answer), asked.headers), request.method !== 'HEAD');
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
    if (reply.raw.headersSent) reply.raw.destroy();
    else await send(reply.raw, refuse(500, 'exception', 'The sandbox failed; its warning says where.'));
  }
}

/** Names the client in `asked`; an Answer when the token is missing, expired or does not reach. */
function unauthorized({ authRequired, tokens }: Server, asked: Asked): Answer | undefined {
  if (!authRequired || asked.kind === 'metadata' || asked.kind === 'token') return undefined;
  const bearer = bearerIn(asked.headers['authorization']);
  const grant = bearer === undefined ? undefined : tokens.check(bearer);
  if (!grant)
    return refuse(401, 'login', 'A valid access token is needed.', { 'www-authenticate': bearer ? 'Bearer error="invalid_token"' : 'Bearer' });
  asked.client = grant.client;
  const needed = neededTypes(asked);
  if (!needed.every((type) => allows(grant.scopes, asked.kind === 'write' ? 'write' : 'read', type)))
    return refuse(403, 'forbidden', 'The scopes granted do not reach this.', { 'www-authenticate': 'Bearer error="insufficient_scope"' });
  return undefined;
}

function neededTypes({ kind, path, query }: Asked): (string | undefined)[] {
  if (kind === 'next-page' || kind === 'status' || kind === 'cancel' || kind === 'download') return [];
  if (kind !== 'kick-off') return [path['type']];
  const types = query.getAll('_type').flatMap((list) => list.split(','));
  return types.length > 0 ? types : [undefined];
}
