import type { Role } from '../terms/role.ts';
import type { Queryable, Tx } from './connect.ts';

export type Session = {
  id: Buffer; person: string; name: string; credential: string; roles: Role[]; facilities: string[] | null; leads: string[];
  csrf: string; signingAt: Date | null; signedAt: Date | null; wrongTouches: number; challenge: string | null;
};

/** Minutes after which a session that nobody uses ends; hours after which any does. */
const IDLE_MINUTES = 30;
const HOURS = 12;

export async function beginSession(tx: Tx, id: Buffer, person: string, csrf: string): Promise<void> {
  await tx.query('insert into session (id, person, csrf) values ($1, $2, $3)', [id, person, csrf]);
}

/** The session, used now. undefined: there is none, or it has ended. */
export async function useSession(db: Queryable, id: Buffer): Promise<Session | undefined> {
  const { rows: [row] } = await db.query<Session & { stale: boolean }>(
    `select s.id, s.person, p.name, p.credential, p.roles, p.facilities, p.leads, s.csrf, s.signing_at as "signingAt", s.signed_at as "signedAt",
            s.wrong_touches as "wrongTouches", s.challenge, s.seen_at < now() - interval '1 minute' as stale
       from session s join person p on p.subject = s.person
      where s.id = $1 and s.ended_at is null and s.seen_at > now() - $2 * interval '1 minute' and s.began_at > now() - $3 * interval '1 hour'`,
    [id, IDLE_MINUTES, HOURS]);
  if (row === undefined) return undefined;
  const { stale, ...session } = row;
  if (stale) await db.query('update session set seen_at = now() where id = $1', [id]);
  return session;
}

export async function endSession(db: Queryable, id: Buffer): Promise<void> {
  await db.query('update session set ended_at = now() where id = $1 and ended_at is null', [id]);
}

/** A full sign-in opened a signing session: the next signature needs no touch. */
export async function openSigning(tx: Tx, id: Buffer): Promise<void> {
  await tx.query('update session set signing_at = now(), signed_at = null, wrong_touches = 0, challenge = null where id = $1', [id]);
}

/** One signature was given. @returns false where the same challenge, or the first signature, was used meanwhile */
export async function useSignature(tx: Tx, session: Pick<Session, 'id' | 'challenge' | 'signedAt'>): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update session set signed_at = now(), wrong_touches = 0, challenge = null
      where id = $1 and case when $3 then signed_at is null else challenge = $2 end`, [session.id, session.challenge, session.signedAt === null]);
  return rowCount === 1;
}

export async function challengeSession(db: Queryable, id: Buffer, challenge: string): Promise<void> {
  await db.query('update session set challenge = $2 where id = $1', [id, challenge]);
}

/** The touch was wrong: after five the signing session is over. */
export async function wrongTouch(db: Queryable, id: Buffer): Promise<void> {
  await db.query(
    `update session set challenge = null, wrong_touches = wrong_touches + 1, signing_at = case when wrong_touches >= 4 then null else signing_at end where id = $1`, [id]);
}

export type SignInBegun = { state: string; nonce: string; codeVerifier: string; goesTo: string; forSigning: boolean; person: string | null };

export async function beginSignIn(db: Queryable, begun: SignInBegun): Promise<void> {
  await db.query('insert into sign_in (state, nonce, code_verifier, goes_to, for_signing, person) values ($1, $2, $3, $4, $5, $6)',
    [begun.state, begun.nonce, begun.codeVerifier, begun.goesTo, begun.forSigning, begun.person]);
}

/** It is used up: a second answer with the same state finds nothing. */
export async function takeSignIn(db: Queryable, state: string): Promise<SignInBegun | undefined> {
  await db.query(`delete from sign_in where began_at < now() - interval '15 minutes'`);
  const { rows: [row] } = await db.query<SignInBegun>(
    `delete from sign_in where state = $1 returning state, nonce, code_verifier as "codeVerifier", goes_to as "goesTo", for_signing as "forSigning", person`, [state]);
  return row;
}

export type Passkey = { id: string; publicKey: Buffer; counter: number };

export async function passkeysOf(db: Queryable, person: string): Promise<Passkey[]> {
  const { rows } = await db.query<Passkey>('select id, public_key as "publicKey", counter::int as counter from passkey where person = $1', [person]);
  return rows;
}

export async function addPasskey(tx: Tx, person: string, key: Passkey): Promise<void> {
  await tx.query('insert into passkey (id, person, public_key, counter) values ($1, $2, $3, $4) on conflict (id) do nothing', [key.id, person, key.publicKey, key.counter]);
}

export async function countPasskey(tx: Tx, id: string, counter: number): Promise<void> {
  await tx.query('update passkey set counter = $2 where id = $1', [id, counter]);
}
