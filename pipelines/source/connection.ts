import { AssayError } from '../../terms/errors.ts';
import { discard } from './body.ts';
import { send, type Answer, type Http, type Sent } from './http.ts';
import { fhirBase, type Settings } from './settings.ts';
import type { Secrets } from './smart-key.ts';
import { createTokens, type Tokens } from './smart-token.ts';
import { tokenHosts, type MayHaveToken } from './token-hosts.ts';

type Method = 'GET' | 'POST' | 'DELETE';

export type Ask = {
  readonly method?: Method;
  readonly accept?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default true: the bearer token goes along, where the source has one and the host may see it. */
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
/** Another download may have used up the token that was renewed for this request: a few are asked for. */
const MOST_TOKENS = 4;

export function createConnection(base: string, tokens: Tokens | undefined, http: Http, mayHaveToken: MayHaveToken = tokenHosts(base)): Connection {
  async function ask(url: string, { method = 'GET', accept = 'application/fhir+json', headers = {}, body, authorize = true }: Ask = {}): Promise<Answer> {
    for (let used = 1, before: string | undefined; ; used++) {
      const token = authorize ? await tokens?.get() : undefined;
      const { answer, withheld } = await follow(url, { method, headers: { accept, 'accept-encoding': 'gzip', ...headers }, ...(body === undefined ? {} : { body }) }, token);
      if (withheld !== undefined && (answer.status === 401 || answer.status === 403)) {
        discard(answer.body);
        throw new AssayError('ASSAY_SOURCE_TOKEN_HOST', `HTTP ${answer.status} from ${withheld}`);
      }
      if (answer.status !== 401 || token === undefined || token === before || used === MOST_TOKENS) return answer;
      discard(answer.body);
      tokens?.refused(token);
      before = token;
    }
  }

  /** Seen at Cerner: 307 to a storage host, which must not see the token. @returns withheld: the last host, if it did not get the token */
  async function follow(url: string, sent: Sent, token: string | undefined): Promise<{ answer: Answer; withheld: string | undefined }> {
    let at = new URL(url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const bearer = token !== undefined && mayHaveToken(at) ? { authorization: `Bearer ${token}` } : {};
      const answer = await send(http, at.href, { ...sent, headers: { ...sent.headers, ...bearer } });
      const location = REDIRECTS.has(answer.status) ? answer.header('location') : undefined;
      if (location === undefined || !URL.canParse(location, at)) return { answer, withheld: token !== undefined && !('authorization' in bearer) ? at.host : undefined };
      discard(answer.body);
      at = new URL(location, at);
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
    const tokens = settings.auth === undefined ? undefined : createTokens(settings.auth, { http, base, secrets });
    const connection = createConnection(base, tokens, http, tokenHosts(base, settings.auth?.tokenHosts));
    open.set(key, connection);
    return connection;
  };
}
export type Connections = ReturnType<typeof createConnections>;
