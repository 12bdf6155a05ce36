import { startAuthentication, startRegistration, type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import type { Me } from '../../api/shapes/people.ts';
import { ask } from './ask.ts';

export type SignatureGiven = { meaning: string; touch?: unknown };

/**
 * A signature: nothing more right after a full sign-in, else a touch of a passkey.
 * @returns undefined where a full sign-in is needed first
 */
export async function signature(me: Me, meaning: string): Promise<SignatureGiven | undefined> {
  if (me.signing.needs === 'none') return { meaning };
  if (me.signing.needs === 'sign-in') return undefined;
  const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>('/api/signing/options', { method: 'POST' });
  // Without a passkey of his the person signs in again.
  if (optionsJSON.allowCredentials === undefined || optionsJSON.allowCredentials.length === 0) return undefined;
  return { meaning, touch: await startAuthentication({ optionsJSON }) };
}

/** A new passkey for later signatures; asked within a signing session. */
export async function addPasskey(): Promise<void> {
  const optionsJSON = await ask<PublicKeyCredentialCreationOptionsJSON>('/api/signing/passkeys/options', { method: 'POST' });
  await ask('/api/signing/passkeys', { method: 'POST', body: await startRegistration({ optionsJSON }) });
}
