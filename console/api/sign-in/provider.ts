import * as client from 'openid-client';
import { AssayError } from '../../../terms/errors.ts';
import { roles as allRoles, type Role } from '../../../terms/role.ts';
import type { Person } from '../../../storage/people.ts';

/** Where people sign in, and the claims that say who they are. */
export type SignInSettings = {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client; PKCE protects the code in either case. */
  readonly clientSecret?: string | undefined;
  readonly rolesClaim?: string | undefined;
};

export type Provider = {
  /** @param fresh the person proves himself again, however lately he did */
  begin(redirectUri: string, fresh: boolean): Promise<{ url: URL; state: string; nonce: string; codeVerifier: string }>;
  /** @throws AssayError ASSAY_SIGN_IN_REFUSED, ASSAY_SIGN_IN_NO_ROLE */
  complete(url: URL, expected: { state: string; nonce: string; codeVerifier: string; fresh: boolean }): Promise<Person>;
};

/** A full sign-in for signing may be this old when it comes back, in seconds. */
const FRESH_SECONDS = 120;

/** OpenID Connect: authorisation code with PKCE (RFC 7636). The issuer is asked for its endpoints with the first sign-in. */
export function createProvider({ issuer, clientId, clientSecret, rolesClaim = 'roles' }: SignInSettings): Provider {
  let discovered: Promise<client.Configuration> | undefined;
  const url = new URL(issuer);
  // Plain HTTP on this machine only: the sandbox's provider.
  const plain = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) ? [client.allowInsecureRequests] : [];
  // The ID token's signature is verified although it comes from the provider itself.
  const execute = [...plain, client.enableNonRepudiationChecks];
  const configuration = (): Promise<client.Configuration> => discovered ??= client.discovery(url, clientId, undefined,
    clientSecret === undefined ? client.None() : client.ClientSecretPost(clientSecret), { execute }).catch((error: unknown) => {
    discovered = undefined;
    throw new AssayError('ASSAY_SIGN_IN_REFUSED', undefined, { cause: error });
  });
  return {
    async begin(redirectUri, fresh) {
      const config = await configuration();
      const [state, nonce, codeVerifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
      const asked = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri, scope: 'openid profile', state, nonce,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256',
        ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
      });
      return { url: asked, state, nonce, codeVerifier };
    },
    async complete(back, { state, nonce, codeVerifier, fresh }) {
      const config = await configuration();
      const tokens = await client.authorizationCodeGrant(config, back, {
        expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true, ...(fresh ? { maxAge: FRESH_SECONDS } : {}),
      }).catch((error: unknown) => { throw new AssayError('ASSAY_SIGN_IN_REFUSED', undefined, { cause: error }); });
      const claims = tokens.claims();
      if (claims === undefined) throw new AssayError('ASSAY_SIGN_IN_REFUSED');
      return personOf(claims, rolesClaim);
    },
  };
}

/** @throws AssayError ASSAY_SIGN_IN_NO_ROLE */
export function personOf(claims: Readonly<Record<string, unknown>> & { sub: string }, rolesClaim: string): Person {
  const roles = texts(claims[rolesClaim]).filter((role): role is Role => allRoles.some((one) => one === role));
  if (roles.length === 0) throw new AssayError('ASSAY_SIGN_IN_NO_ROLE');
  const facilities = claims['facilities'] === undefined ? null : texts(claims['facilities']);
  return { subject: claims.sub, name: text(claims['name']) ?? claims.sub, credential: text(claims['credential']) ?? '', roles, facilities, leads: texts(claims['leads']) };
}

const text = (claim: unknown): string | undefined => typeof claim === 'string' && claim !== '' ? claim.slice(0, 200) : undefined;
const texts = (claim: unknown): string[] => Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : text(claim)?.split(/[ ,]+/) ?? [];
