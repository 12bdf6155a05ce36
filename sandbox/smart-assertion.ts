import { createPublicKey } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** A registered client: its JWK Set, or one public key in PEM. */
export type Client = { clientId: string } & ({ jwks: JSONWebKeySet } | { publicKeyPem: string });

export class RefusedAssertion extends Error {}

const longestLifeSeconds = 300; // SMART Backend Services: exp no more than five minutes in the future

/** Checks client assertions: signature, alg, iss = sub = client, aud, exp, jti not seen before. Gives the client's id. */
export function createAssertionCheck(clients: readonly Client[], tokenUrl: () => string) {
  const keys = new Map(clients.map((client) => [client.clientId, keyChooser(client)]));
  const seen = new Map<string, number>(); // client and jti → when it may be forgotten (ms)

  return async (assertion: string): Promise<string> => {
    const { clientId, jti, exp } = await verified(assertion);
    const now = Date.now();
    if (exp * 1000 > now + longestLifeSeconds * 1000 + 5000) throw new RefusedAssertion('exp is more than five minutes ahead.');
    for (const [key, until] of seen) if (until < now) seen.delete(key);
    const key = `${clientId} ${jti}`;
    if (seen.has(key)) throw new RefusedAssertion('This jti was used before.');
    seen.set(key, exp * 1000 + 60_000);
    return clientId;
  };

  async function verified(assertion: string) {
    try {
      const clientId = decodeJwt(assertion).iss ?? '';
      const key = keys.get(clientId);
      if (!key) throw new RefusedAssertion('No such client.');
      const { payload } = await jwtVerify(assertion, key, {
        algorithms: ['RS384', 'ES384'], issuer: clientId, subject: clientId, audience: tokenUrl(),
        requiredClaims: ['exp', 'jti', 'sub', 'aud'], clockTolerance: 5,
      });
      return { clientId, jti: String(payload.jti), exp: payload.exp ?? 0 };
    } catch (error) {
      throw error instanceof RefusedAssertion ? error : new RefusedAssertion('The client assertion does not verify.', { cause: error });
    }
  }
}

/** A single public key serves whatever `kid` the assertion names. */
function keyChooser(client: Client): JWTVerifyGetKey {
  if ('jwks' in client) return createLocalJWKSet(client.jwks);
  const key = createPublicKey(client.publicKeyPem);
  return () => key;
}
