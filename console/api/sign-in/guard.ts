import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database } from '../../../storage/connect.ts';
import { brokenGlass } from '../../../storage/record-views.ts';
import { useSession, type Session } from '../../../storage/sessions.ts';
import { AssayError } from '../../../terms/errors.ts';
import type { Role } from '../../../terms/role.ts';
import { allows, permissionFor, withoutSignIn } from '../permissions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in. */
    signedIn: Session | null;
  }
}

/** `__Host-`: over TLS alone, for this host alone. */
export const cookieName = (secure: boolean): string => secure ? '__Host-assay' : 'assay';
export const hashOf = (word: string): Buffer => createHash('sha256').update(word).digest();

/** Every request is held to its row of the permission table; a route without one stops the start. */
export function guardRoutes(app: FastifyInstance, { db, signIn }: { db: Database; signIn: boolean }): void {
  app.decorateRequest('signedIn', null);
  app.addHook('onRoute', ({ method, url }) => { for (const one of [method].flat()) if (one !== 'OPTIONS') permissionFor(one, url); });
  app.addHook('onRequest', async (request) => {
    const url = request.routeOptions.url;
    if (url === undefined) return; // no such address: answered as such
    const permission = permissionFor(request.method, url);
    if (permission === 'token') return;
    const word = request.cookies[cookieName(true)] ?? request.cookies[cookieName(false)];
    request.signedIn = word === undefined ? null : await useSession(db, hashOf(word)) ?? null;
    if (permission === 'public') return;
    const held = request.signedIn?.roles ?? (signIn ? undefined : withoutSignIn);
    if (held === undefined) throw new AssayError('ASSAY_SIGN_IN_NEEDED');
    if (!allows(permission, held)) throw new AssayError('ASSAY_FORBIDDEN');
    if (request.method !== 'GET' && request.method !== 'HEAD' && request.signedIn !== null && !proven(request, request.signedIn)) throw new AssayError('ASSAY_REQUEST_UNPROVEN');
  });
}

/** The page read the word from GET /api/me, which no other site can. */
function proven(request: FastifyRequest, session: Session): boolean {
  const given = request.headers['x-assay-page'];
  return typeof given === 'string' && timingSafeEqual(hashOf(given), hashOf(session.csrf));
}

/** @throws AssayError ASSAY_SIGN_IN_NEEDED: acts of people need a person, whoever may read */
export function person(request: FastifyRequest): Session {
  if (request.signedIn === null) throw new AssayError('ASSAY_SIGN_IN_NEEDED');
  return request.signedIn;
}

export const rolesOf = (request: FastifyRequest): readonly Role[] => request.signedIn?.roles ?? withoutSignIn;

/** Sources that the reader may see; null: all. */
export async function facilities(db: Database, request: FastifyRequest): Promise<readonly string[] | null> {
  const { signedIn } = request;
  if (signedIn === null || signedIn.facilities === null) return null;
  return [...signedIn.facilities, ...await brokenGlass(db, signedIn.person)];
}

/** @throws AssayError ASSAY_FORBIDDEN_FACILITY */
export async function assertFacility(db: Database, request: FastifyRequest, source: string): Promise<void> {
  const mine = await facilities(db, request);
  if (mine !== null && !mine.includes(source)) throw new AssayError('ASSAY_FORBIDDEN_FACILITY');
}
