import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { AssayError } from '../../terms/errors.ts';
import { asJson, isString, readBody } from './body.ts';
import { send, type Answer, type Http } from './http.ts';
import { refusal } from './refusal.ts';
import type { Auth } from './settings.ts';
import { discoverEndpoint, inOtherWords, V1, type Endpoint } from './smart-endpoint.ts';
import { readSigningKey, type Secrets } from './smart-key.ts';

/** Renewed this long before its end, or when a fifth of its life is left if that is shorter. */
const MARGIN_MS = 30_000;
/** SMART Backend Services allows five minutes; a clock that is off by one must not matter. */
const ASSERTION_SECONDS = 240;
/** Clocks that differ by more may be why a server refuses an assertion: it is signed once more by the server's. */
const SKEW_MS = 30_000;
const SCOPE_REFUSED = 'invalid_scope';
/** What a token response without `expires_in` gets. */
const DEFAULT_SECONDS = 300;

export type Tokens = {
  /** A token that is not about to expire. */
  get(): Promise<string>;
  /** The server refused this token before its time: the next `get` asks for another. */
  refused(token: string): void;
};

type Where = { readonly http: Http; readonly base: string; readonly secrets: Secrets };

/** SMART Backend Services, private_key_jwt: https://hl7.org/fhir/smart-app-launch/backend-services.html */
export function createTokens(auth: Auth, where: Where): Tokens {
  if ('tokenEnv' in auth) return { get: async () => fixedToken(auth.tokenEnv, where.secrets), refused() {} };
  const { http } = where;
  let held: { token: string; renewAt: number } | undefined;
  let asking: Promise<string> | undefined;
  let endpoint: Endpoint | undefined;
  const ask = async () => {
    endpoint ??= await endpointOf(auth, where);
    const { token, lifeMs } = await askToken(auth, endpoint, where).catch((error: unknown) => {
      const otherwise = endpoint && error instanceof TokenRefused ? askedOtherwise(auth, endpoint, error) : undefined;
      if (otherwise === undefined) throw error;
      endpoint = otherwise;
      return askToken(auth, endpoint, where);
    });
    held = { token, renewAt: http.now().getTime() + lifeMs - Math.min(MARGIN_MS, lifeMs / 5) };
    return token;
  };
  return {
    async get() {
      if (held !== undefined && http.now().getTime() < held.renewAt) return held.token;
      // Downloads in parallel share one request.
      asking ??= ask().finally(() => { asking = undefined; });
      return asking;
    },
    refused(token) {
      if (held?.token === token) held = undefined;
    },
  };
}

function fixedToken(name: string, secrets: Secrets): string {
  const token = secrets(name);
  if (token === undefined || token === '') throw new AssayError('ASSAY_SOURCE_SECRET_ABSENT', name);
  return token;
}

type KeyAuth = Extract<Auth, { clientId: string }>;

async function endpointOf(auth: KeyAuth, { http, base }: Where): Promise<Endpoint> {
  const { tokenUrl, scope } = auth;
  if (tokenUrl !== undefined && scope !== undefined) return { tokenUrl, scope };
  const found = await discoverEndpoint(http, base).catch((error: unknown): Endpoint => {
    if (tokenUrl === undefined) throw error;
    return { tokenUrl, scope: V1 };
  });
  return { ...found, tokenUrl: tokenUrl ?? found.tokenUrl, scope: scope ?? found.scope };
}

/** Why a server refused, and how far its clock was behind ours then (negative: ahead); 0 where it does not say, or not by much. */
class TokenRefused extends AssayError {
  readonly behindMs: number;
  constructor(detail: string, behindMs: number) {
    super('ASSAY_SOURCE_TOKEN_REFUSED', detail);
    this.behindMs = behindMs;
  }
}

/** What may be taken where this was refused; undefined: there is nothing else to try. */
function askedOtherwise({ scope: given }: KeyAuth, endpoint: Endpoint, { detail, behindMs }: TokenRefused): Endpoint | undefined {
  if (detail?.includes(SCOPE_REFUSED) === true) {
    const scope = given === undefined ? inOtherWords(endpoint.scope) : undefined;
    return scope === undefined ? undefined : { ...endpoint, scope };
  }
  return behindMs === 0 || endpoint.behindMs !== undefined ? undefined : { ...endpoint, behindMs };
}

async function askToken(auth: KeyAuth, { tokenUrl, scope, algorithms, behindMs = 0 }: Endpoint, { http, secrets }: Where): Promise<{ token: string; lifeMs: number }> {
  if (tokenUrl === undefined) throw new AssayError('ASSAY_SOURCE_TOKEN_ENDPOINT_UNKNOWN');
  const { key, alg, keyId } = await readSigningKey(auth, secrets, algorithms);
  const seconds = Math.floor((http.now().getTime() - behindMs) / 1000);
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg, kid: keyId, typ: 'JWT', ...(auth.jwksUrl === undefined ? {} : { jku: auth.jwksUrl }) })
    .setIssuer(auth.clientId).setSubject(auth.clientId).setAudience(tokenUrl)
    .setIssuedAt(seconds).setExpirationTime(seconds + ASSERTION_SECONDS).sign(key);
  const answer = await send(http, tokenUrl, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials', scope, client_assertion: assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    }).toString(),
  });
  if (answer.status !== 200 && answer.status !== 201) throw await tokenRefusal(http, answer, algorithms?.includes(alg) === false ? `it takes ${algorithms.join(', ')}` : undefined);
  const { access_token: token, expires_in: life } = asJson(await readBody(answer)) ?? {};
  if (!isString(token) || token === '') throw new AssayError('ASSAY_SOURCE_TOKEN_REFUSED', 'no access_token in the answer');
  const lifeSeconds = Number(life);
  return { token, lifeMs: (lifeSeconds > 0 ? lifeSeconds : DEFAULT_SECONDS) * 1000 };
}

/** RFC 6749 5.2 names the reason in `error`; anything else is not repeated. */
async function tokenRefusal(http: Http, answer: Answer, also: string | undefined): Promise<AssayError> {
  if (answer.status === 429 || answer.status >= 500) {
    return refusal(http, answer, { gone: 'ASSAY_SOURCE_TOKEN_REFUSED', refused: 'ASSAY_SOURCE_TOKEN_REFUSED' });
  }
  const { error } = asJson(await readBody(answer)) ?? {};
  const known = isString(error) && /^[a-z_]{3,40}$/.test(error) ? error : undefined;
  const behindMs = http.now().getTime() - Date.parse(answer.header('date') ?? ''); // NaN without one
  const differs = Math.abs(behindMs) > SKEW_MS;
  const clocks = differs ? `its clock is ${Math.round(Math.abs(behindMs) / 1000)} s ${behindMs > 0 ? 'behind' : 'ahead of'} ours` : undefined;
  return new TokenRefused([`HTTP ${answer.status}`, known, also, clocks].filter(isString).join(', '), differs ? behindMs : 0);
}
