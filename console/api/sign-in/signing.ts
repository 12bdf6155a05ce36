import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Database } from '../../../storage/connect.ts';
import { addPasskey, challengeSession, countPasskey, passkeysOf, useSignature, wrongTouch, type Session } from '../../../storage/sessions.ts';
import type { Signature } from '../../../terms/decision.ts';
import { AssayError } from '../../../terms/errors.ts';

/** Minutes without a signature after which a full sign-in is asked for again: 21 CFR 11.200(a)(1)(ii), not one continuous period. */
const IDLE_MINUTES = 15;

/** `touch`: a passkey; `none`: this one signature needs nothing more, a full sign-in came just before it. */
export type SigningState = { readonly open: boolean; readonly needs: 'sign-in' | 'touch' | 'none' };

export function signingState(session: Pick<Session, 'signingAt' | 'signedAt'>, now: number): SigningState {
  const since = (session.signedAt ?? session.signingAt)?.getTime();
  if (session.signingAt === null || since === undefined || now - since > IDLE_MINUTES * 60_000) return { open: false, needs: 'sign-in' };
  return { open: true, needs: session.signedAt === null ? 'none' : 'touch' };
}

export type Place = { readonly origin: string; readonly host: string };

/** What the browser asks of a passkey; `for`: a new one, or a signature. */
export async function touchOptions(db: Database, session: Session, { host }: Place, asked: 'new' | 'signature') {
  if (!signingState(session, Date.now()).open) throw new AssayError('ASSAY_CASE_SIGNATURE');
  const keys = await passkeysOf(db, session.person);
  const options = asked === 'new'
    ? await generateRegistrationOptions({ rpName: 'fhir-assay', rpID: host, userName: session.name, userID: new Uint8Array(Buffer.from(session.person).subarray(0, 64)), attestationType: 'none', excludeCredentials: keys.map(({ id }) => ({ id })) })
    : await generateAuthenticationOptions({ rpID: host, allowCredentials: keys.map(({ id }) => ({ id })), userVerification: 'preferred' });
  await challengeSession(db, session.id, options.challenge);
  return options;
}

/** @throws AssayError ASSAY_SIGNATURE_REFUSED */
export async function registerPasskey(db: Database, session: Session, { origin, host }: Place, response: RegistrationResponseJSON): Promise<void> {
  const { challenge } = session;
  if (challenge === null || !signingState(session, Date.now()).open) throw new AssayError('ASSAY_SIGNATURE_REFUSED');
  const { verified, registrationInfo } = await verifyRegistrationResponse({ response, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host, requireUserVerification: false })
    .catch((error: unknown) => { throw new AssayError('ASSAY_SIGNATURE_REFUSED', undefined, { cause: error }); });
  if (!verified || registrationInfo === undefined) throw new AssayError('ASSAY_SIGNATURE_REFUSED');
  const { id, publicKey, counter } = registrationInfo.credential;
  await db.transaction((tx) => addPasskey(tx, session.person, { id, publicKey: Buffer.from(publicKey), counter }));
}

/**
 * The person's signature under what he does: the first after a full sign-in as it is, each later one by a touch of a passkey.
 * @param meaning what the signature says, in a sentence (21 CFR 11.50(a)(3))
 * @throws AssayError ASSAY_CASE_SIGNATURE, ASSAY_SIGNATURE_REFUSED
 */
export async function sign(db: Database, session: Session, place: Place, meaning: string, touch?: AuthenticationResponseJSON): Promise<Signature> {
  const { needs } = signingState(session, Date.now());
  if (needs === 'sign-in' || (needs === 'touch' && touch === undefined)) throw new AssayError('ASSAY_CASE_SIGNATURE');
  const counted = needs === 'touch' && touch !== undefined ? await touched(db, session, place, touch) : undefined;
  await db.transaction(async (tx) => {
    if (!await useSignature(tx, session)) throw new AssayError('ASSAY_SIGNATURE_REFUSED');
    if (counted !== undefined) await countPasskey(tx, counted.id, counted.counter);
  });
  return { name: session.name, credential: session.credential, at: new Date().toISOString(), meaning };
}

async function touched(db: Database, session: Session, { origin, host }: Place, response: AuthenticationResponseJSON): Promise<{ id: string; counter: number }> {
  const key = (await passkeysOf(db, session.person)).find(({ id }) => id === response.id);
  const { challenge } = session;
  const outcome = key === undefined || challenge === null ? undefined : await verifyAuthenticationResponse({
    response, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host, requireUserVerification: false,
    credential: { id: key.id, publicKey: new Uint8Array(key.publicKey), counter: key.counter },
  }).catch(() => undefined);
  if (outcome?.verified === true) return { id: response.id, counter: outcome.authenticationInfo.newCounter };
  await wrongTouch(db, session.id);
  throw new AssayError('ASSAY_SIGNATURE_REFUSED');
}
