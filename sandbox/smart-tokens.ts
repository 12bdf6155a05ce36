import { randomBytes } from 'node:crypto';

export type Grant = { readonly client: string; readonly scopes: readonly string[]; readonly expires: number };
export type Tokens = ReturnType<typeof createTokens>;

/** Opaque access tokens, in memory. `lifetime` in seconds may be changed while running. */
export function createTokens(lifetimeSeconds: number) {
  const grants = new Map<string, Grant>();
  return {
    lifetimeSeconds,
    issue(client: string, scopes: readonly string[]) {
      const token = randomBytes(24).toString('base64url');
      grants.set(token, { client, scopes, expires: Date.now() + this.lifetimeSeconds * 1000 });
      return token;
    },
    /** The grant of a token that is known and not expired. */
    check(token: string) {
      const grant = grants.get(token);
      if (grant && grant.expires > Date.now()) return grant;
      grants.delete(token);
      return undefined;
    },
    revoke: (token: string) => grants.delete(token),
    revokeAll: () => grants.clear(),
  };
}

export const bearerIn = (authorization: string | string[] | undefined) =>
  /^Bearer ([\w~+/.=-]+)$/i.exec(String(authorization ?? ''))?.[1];
