import { randomBytes } from 'node:crypto';
import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { knowPerson, type Person } from '../../../storage/people.ts';
import { beginSession, beginSignIn, endSession, openSigning, takeSignIn } from '../../../storage/sessions.ts';
import { AssayError } from '../../../terms/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { problems } from '../shapes/words.ts';
import { cookieName, hashOf, person } from './guard.ts';

const STATE_COOKIE = 'assay-sign-in';
/** A path of this console; never another host (`//…`, `/\…`). */
const Path = Type.String({ maxLength: 500, pattern: '^/([^/\\\\\\u0000-\\u001f][^\\\\\\u0000-\\u001f]*)?$' });

/** Where the browser is: behind a proxy the operator names the address people use. */
export const originOf = (request: FastifyRequest, publicUrl: string | undefined): string =>
  publicUrl === undefined ? `${request.protocol}://${request.host}` : new URL(publicUrl).origin;

/** Signing in by OpenID Connect, and out again. */
export const signInRoutes = ({ db, signIn, appendEvent, publicUrl }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  const strict = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } };

  app.get('/auth/sign-in', {
    ...strict, schema: {
      tags: ['Sign-in'], summary: 'Sends the browser to the identity provider',
      querystring: Type.Object({ to: Type.Optional(Path), signing: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
      response: { 302: { description: 'To the identity provider' }, ...problems(400, 401, 429) },
    },
  }, async (request, reply) => {
    if (signIn === undefined) throw new AssayError('ASSAY_SIGN_IN_NEEDED');
    const { to = '/', signing = false } = request.query;
    if (signing) person(request);
    const origin = originOf(request, publicUrl);
    const { url, ...begun } = await signIn.begin(`${origin}/auth/callback`, signing);
    await beginSignIn(db, { ...begun, goesTo: to, forSigning: signing, person: request.signedIn?.person ?? null });
    // Lax: the identity provider sends the browser back from its own site.
    return reply.setCookie(STATE_COOKIE, begun.state, { path: '/auth', httpOnly: true, sameSite: 'lax', secure: origin.startsWith('https:'), maxAge: 900 }).redirect(url.href);
  });

  app.get('/auth/callback', {
    ...strict, schema: {
      tags: ['Sign-in'], summary: 'Where the identity provider sends the browser back to',
      response: { 302: { description: 'Into the console' }, ...problems(400, 401, 403, 429) },
    },
  }, async (request, reply) => {
    const state = request.cookies[STATE_COOKIE];
    if (signIn === undefined || state === undefined) throw new AssayError('ASSAY_SIGN_IN_REFUSED');
    const begun = await takeSignIn(db, state);
    if (begun === undefined) throw new AssayError('ASSAY_SIGN_IN_REFUSED');
    const origin = originOf(request, publicUrl);
    const who = await signIn.complete(new URL(request.url, origin), { state, nonce: begun.nonce, codeVerifier: begun.codeVerifier, fresh: begun.forSigning });
    if (begun.forSigning && begun.person !== who.subject) throw new AssayError('ASSAY_SIGN_IN_REFUSED');
    const session = await admit(who, begun.forSigning);
    return keepCookie(reply.clearCookie(STATE_COOKIE, { path: '/auth' }), origin, session).redirect(begun.goesTo);
  });

  app.post('/auth/sign-out', {
    schema: { tags: ['Sign-in'], summary: 'Ends the session', response: { 204: Type.Null(), ...problems(401, 403) } },
  }, async (request, reply) => {
    await endSession(db, person(request).id);
    return reply.clearCookie(cookieName(true), { path: '/' }).clearCookie(cookieName(false), { path: '/' }).code(204).send(null);
  });

  /** A new session under a new word, so that one known before the sign-in opens nothing. */
  async function admit(who: Person, forSigning: boolean): Promise<string> {
    const word = randomBytes(32).toString('base64url');
    await db.transaction(async (tx) => {
      if (await knowPerson(tx, who)) await appendEvent(tx, 'role-changed', { what: 'person', person: who.subject, roles: who.roles, facilities: who.facilities });
      await beginSession(tx, hashOf(word), who.subject, randomBytes(24).toString('base64url'));
      if (forSigning) await openSigning(tx, hashOf(word));
    });
    return word;
  }

  function keepCookie(reply: FastifyReply, origin: string, word: string): FastifyReply {
    const secure = origin.startsWith('https:');
    return reply.setCookie(cookieName(secure), word, { path: '/', httpOnly: true, sameSite: 'strict', secure });
  }
};
