import { AssayError } from '../../terms/errors.ts';
import { discard } from './body.ts';
import { send, type Answer, type Http } from './http.ts';
import { fhirBase, type Settings } from './settings.ts';
import type { Secrets } from './smart-key.ts';
import { createTokens, type Tokens } from './smart-token.ts';

export type Ask = {
  readonly method?: 'GET' | 'DELETE';
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default true: the bearer token goes along, where the source has one. */
  readonly authorize?: boolean;
};

/** A source's server: follows redirects and renews the token; anything else is the caller's to judge. */
export type Connection = {
  /** FHIR base without its last slash. */
  readonly base: string;
  readonly http: Http;
  ask(url: string, ask?: Ask): Promise<Answer>;
  /** A token to hand to fhir-kit-client. */
  token(): Promise<string | undefined>;
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

export function createConnection(base: string, tokens: Tokens | undefined, http: Http): Connection {
  async function ask(url: string, { method = 'GET', accept = 'application/fhir+json', headers = {}, authorize = true }: Ask = {}): Promise<Answer> {
    for (let renewed = false; ; renewed = true) {
      const token = authorize ? await tokens?.get() : undefined;
      const answer = await follow(url, method, { accept, 'accept-encoding': 'gzip', ...headers }, token);
      if (answer.status !== 401 || token === undefined || renewed) return answer;
      discard(answer.body);
      tokens?.refused(token);
    }
  }

  /** A token is for the server it was asked for: another origin does not see it (seen at Cerner: 307 to a storage host). */
  async function follow(url: string, method: 'GET' | 'DELETE', headers: Readonly<Record<string, string>>, token: string | undefined): Promise<Answer> {
    let at = new URL(url);
    let bearer = token;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const answer = await send(http, at.href, { method, headers: bearer === undefined ? headers : { ...headers, authorization: `Bearer ${bearer}` } });
      const location = REDIRECTS.has(answer.status) ? answer.header('location') : undefined;
      if (location === undefined || !URL.canParse(location, at)) return answer;
      discard(answer.body);
      const next = new URL(location, at);
      if (next.origin !== at.origin) bearer = undefined;
      at = next;
    }
    throw new AssayError('ASSAY_SOURCE_SERVER_ERROR', `more than ${MOST_REDIRECTS} redirects`);
  }

  return { base, http, ask, token: async () => tokens?.get() };
}

/** Connections by source, so that runs and files of one source share its token. */
export function createConnections(http: Http, secrets: Secrets) {
  const open = new Map<string, Connection>();
  return (settings: Settings): Connection => {
    const base = fhirBase(settings);
    if (base === undefined) throw new AssayError('ASSAY_SOURCE_SETTINGS_INVALID', 'url is missing');
    const key = JSON.stringify([base, settings.auth ?? null]);
    const known = open.get(key);
    if (known !== undefined) return known;
    const connection = createConnection(base, settings.auth === undefined ? undefined : createTokens(settings.auth, { http, base, secrets }), http);
    open.set(key, connection);
    return connection;
  };
}
export type Connections = ReturnType<typeof createConnections>;
