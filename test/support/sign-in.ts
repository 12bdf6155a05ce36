import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { ApiDeps } from '../../console/api/deps.ts';
import { createProvider } from '../../console/api/sign-in/provider.ts';
import { startIdentityProvider } from '../../sandbox/identity-provider.ts';
import { freePort } from '../../apps/services/free-port.ts';
import type { Database } from '../../storage/connect.ts';
import type { ProblemDetails } from '../../console/api/problem.ts';
import { consoleApi } from './console-api.ts';

export type Answer<T = unknown> = { status: number; body: T; headers: Headers };
/** A browser that is signed in: cookies and the page's word go with each request. */
export type Visitor = {
  readonly cookies: Map<string, string>;
  page: string | undefined;
  get<T>(path: string): Promise<Answer<T>>;
  send<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T & ProblemDetails>>;
  /** A full sign-in for signing. */
  openSigning(): Promise<void>;
  act(exception: string, asked: object, more?: object): Promise<Answer<{ revision: number } & ProblemDetails>>;
};

export type SignedInApi = {
  readonly url: string;
  readonly issuer: string;
  /** Signs in at the sandbox's provider, as its page does. @param subject one of sandbox/people.ts */
  as(subject: string): Promise<Visitor>;
  visitor(): Visitor;
  stop(): Promise<void>;
};

/** The API listening, with a real OpenID Connect provider beside it. */
export async function signedInApi(db: Database, given: Partial<ApiDeps> & { log?: FastifyBaseLogger } = {}, claims: Readonly<Record<string, object>> = {}): Promise<SignedInApi> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await startIdentityProvider({ redirectUris: ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${port}/auth/callback`), claims });
  const api = await consoleApi(db, { ...given, signIn: createProvider({ issuer: provider.issuer, clientId: provider.clientId }) });
  await api.listen({ port, host: '127.0.0.1' });
  return {
    url, issuer: provider.issuer, visitor: () => visitor(url),
    as: (subject) => signedInVisitor(url, subject),
    async stop() { await api.close(); await provider.stop(); },
  };
}

/** Signs in at the sandbox's provider, which the API at the address names. */
export async function signedInVisitor(url: string, subject: string): Promise<Visitor> {
  const one = visitor(url, subject);
  await signIn(one, url, subject, '');
  return one;
}

function visitor(url: string, subject = ''): Visitor {
  const cookies = new Map<string, string>();
  const ask = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> => {
    const response = await fetch(new URL(path, url), {
      method, redirect: 'manual',
      headers: { cookie: header(cookies), ...(one.page === undefined ? {} : { 'x-assay-page': one.page }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    keep(cookies, response);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as T };
  };
  const one: Visitor = {
    cookies, page: undefined,
    get: (path) => ask('GET', path), send: (method, path, body, headers) => ask(method, path, body, headers),
    openSigning: () => signIn(one, url, subject, '?signing=true'),
    act: (exception, asked, more = {}) => ask('POST', `/api/exceptions/${exception}/acts`, { command: randomUUID(), asked, ...more }),
  };
  return one;
}

/** Follows the redirects that a browser would follow, at two hosts. */
async function signIn(one: Visitor, url: string, subject: string, query: string): Promise<void> {
  const begun = await one.get(`/auth/sign-in${query}`);
  const atProvider = new Map<string, string>();
  let next = new URL(begun.headers.get('location') ?? '', url);
  for (let hop = 0; hop < 8 && !next.href.startsWith(url); hop++) {
    const choosing = next.pathname.startsWith('/choose/');
    const response = await fetch(next, {
      redirect: 'manual', method: choosing ? 'POST' : 'GET', headers: { cookie: header(atProvider) },
      ...(choosing ? { body: new URLSearchParams({ person: subject }) } : {}),
    });
    keep(atProvider, response);
    next = new URL(response.headers.get('location') ?? '/nowhere', next);
  }
  const back = await one.get(next.href);
  if (back.status !== 302) throw new Error(`the sign-in ended with ${back.status}: ${JSON.stringify(back.body)}`);
  one.page = (await one.get<{ page: string }>('/api/me')).body.page;
}

const header = (cookies: ReadonlyMap<string, string>): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
function keep(cookies: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name); else cookies.set(name, value);
  }
}
