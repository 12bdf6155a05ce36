import { startIdentityProvider } from '../../sandbox/identity-provider.ts';
import { AssayError } from '../../terms/errors.ts';
import type { Config } from '../config.ts';
import { freePort } from '../services/free-port.ts';
import { readState, writeState } from '../services/state-file.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

/**
 * Without a provider of the deployment's own, the sandbox's: on this machine, for this machine.
 * @returns the environment in which the API finds it; empty where OIDC_ISSUER names another
 * @throws AssayError ASSAY_IDENTITY_SANDBOX_ELSEWHERE where the console would be reached from elsewhere
 */
export async function startSandboxSignIn(config: Config, apiPort: number, say: (sentence: string) => void, undo: (() => Promise<unknown>)[]): Promise<NodeJS.ProcessEnv> {
  if (config.signIn !== undefined) return {};
  if (!loopback.has(config.api.host) || config.api.publicUrl !== undefined) throw new AssayError('ASSAY_IDENTITY_SANDBOX_ELSEWHERE');
  say('Starting a sandbox identity provider: made-up people, no passwords, this machine only. OIDC_ISSUER names a real one.');
  const port = await freePort((await readState(config.home, 'identity'))?.port);
  const redirectUris = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${apiPort}/auth/callback`);
  const provider = await startIdentityProvider({ port, redirectUris });
  undo.push(() => provider.stop());
  await writeState(config.home, 'identity', { port, pid: process.pid, owner: process.pid });
  return { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.clientId };
}
