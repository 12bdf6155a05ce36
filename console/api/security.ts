import { isIP } from 'node:net';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AssayError } from '../../terms/errors.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

const isLoopback = (host: string): boolean => loopbackNames.has(host) || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * Called before the API listens: without sign-in nobody but this machine may reach it.
 * @param access `signIn`: people sign in; `open`: the operator says that something in front guards it
 * @throws AssayError ASSAY_API_UNGUARDED
 */
export function assertLoopbackOrAuthenticated(host: string, access: { signIn: boolean; open: boolean }): void {
  if (!isLoopback(host) && !access.signIn && !access.open) throw new AssayError('ASSAY_API_UNGUARDED');
}

/** Scripts come from our own files alone; Mantine writes style elements. */
export const contentPolicy = {
  'default-src': ["'none'"], 'script-src': ["'self'"], 'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'], 'font-src': ["'self'"], 'connect-src': ["'self'"], 'manifest-src': ["'self'"],
  'base-uri': ["'none'"], 'form-action': ["'self'"], 'frame-ancestors': ["'none'"],
};

export async function sendSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    referrerPolicy: { policy: 'same-origin' },
  });
}

/**
 * While nobody signs in, a page of another site must not act through the reader's browser: neither
 * by a form or fetch of its own, nor under a name of its own that points at this machine.
 */
export function refuseOtherSites(app: FastifyInstance, hosts: readonly string[]): void {
  const known = (host: string): boolean => isLoopback(host) || hosts.includes(host);
  app.addHook('onRequest', async (request: FastifyRequest) => {
    if (!known(request.hostname)) throw new AssayError('ASSAY_REQUEST_HOST');
    const site = request.headers['sec-fetch-site'];
    const safe = request.method === 'GET' || request.method === 'HEAD';
    if (!safe && site !== undefined && site !== 'same-origin' && site !== 'none') throw new AssayError('ASSAY_REQUEST_CROSS_SITE');
  });
}
