import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { IdentityStore } from './identity-store.ts';
import { people, type SandboxPerson } from './people.ts';

export type IdentityProvider = { readonly issuer: string; readonly clientId: string; stop(): Promise<void> };

const CLIENT = 'fhir-assay';
const LOOPBACK = '127.0.0.1';

/**
 * An OpenID Connect provider to try the product with: whoever is at this machine chooses whom to be. It listens on loopback alone.
 * @param redirectUris where the console may be sent back to
 */
export async function startIdentityProvider({ port = 0, redirectUris, claims = {} }: {
  port?: number; redirectUris: readonly string[];
  /** Claims of one person that a test wants otherwise, by subject. */
  claims?: Readonly<Record<string, object>>;
}): Promise<IdentityProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async () => {};
  const server = createServer((request, response) => {
    handle(request, response).catch(() => { if (!response.headersSent) response.writeHead(500); response.end(); });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, LOOPBACK, resolve));
  const issuer = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT, redirect_uris: [...redirectUris], token_endpoint_auth_method: 'none', grant_types: ['authorization_code'], response_types: ['code'] }],
    adapter: IdentityStore, jwks: { keys: [signingKey()] },
    ttl: { Interaction: 600, Grant: 3600, Session: 3600, AccessToken: 300, IdToken: 300, AuthorizationCode: 60 },
    claims: { openid: ['sub'], profile: ['name', 'credential', 'roles', 'facilities', 'leads'] },
    // All claims in the ID token: the console asks no userinfo.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    pkce: { required: () => true },
    interactions: { url: (_context, { uid }) => `/choose/${uid}` },
    findAccount: (_context, subject) => {
      const found = people.find((one) => one.subject === subject);
      return found && { accountId: subject, claims: () => ({ ...claimsOf(found), ...claims[subject] }) };
    },
    // Consent is not asked for: there is one client, and it is ours.
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  handle = async (request, response) => {
    const [, uid] = /^\/choose\/([\w-]+)$/.exec(request.url ?? '') ?? [];
    if (uid === undefined) return void await callback(request, response);
    if (request.method !== 'POST') return choosePage(response, uid);
    const subject = new URLSearchParams(await textOf(request)).get('person');
    if (!people.some((one) => one.subject === subject)) return choosePage(response, uid);
    await provider.interactionFinished(request, response, { login: { accountId: subject ?? '' } }, { mergeWithLastSubmission: false });
  };
  return { issuer, clientId: CLIENT, stop: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) };
}

/** Made anew with each start. */
const signingKey = () => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' });

const claimsOf = ({ subject, name, credential, roles, leads, facilities }: SandboxPerson) => ({
  sub: subject, name, credential, roles: [...roles], ...(leads === undefined ? {} : { leads: [...leads] }), ...(facilities === undefined ? {} : { facilities: [...facilities] }),
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function choosePage(response: ServerResponse, uid: string): void {
  const buttons = people.map(({ subject, name, credential, roles }) =>
    `<p><button name="person" value="${subject}">${name}${credential === '' ? '' : `, ${credential}`} — ${roles.join(', ').replaceAll('-', ' ')}</button></p>`);
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  }).end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox sign-in</title>
<style>body{font:16px system-ui;max-width:34rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem .75rem;width:100%;text-align:left}</style>
<h1>Who are you?</h1><p>This is the sandbox’s identity provider: nobody is asked for a password. It is for trying the product, on this machine.</p>
<form method="post" action="/choose/${uid}">${buttons.join('')}</form></html>`);
}
