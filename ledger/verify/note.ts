import { createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';

/** C2SP signed-note: text, a blank line, signature lines. https://c2sp.org/signed-note */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };
export type NoteSignature = { readonly name: string; readonly id: string; readonly signature: Buffer };
/** A verifier key: `name+id+base64(type || key)`. `kind` 1: Ed25519 over the text; 4: a witness's timestamped cosignature. */
export type VerifierKey = { readonly name: string; readonly id: string; readonly kind: 1 | 4; readonly key: Buffer };

const ED25519 = 1;
const COSIGNATURE = 4;
/** The DER header of an Ed25519 public key in SubjectPublicKeyInfo (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

const keyId = (name: string, kind: number, key: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(kind), key]), 'buffer').toString('hex', 0, 4);

/** The verifier key of an Ed25519 key pair under a name. */
export function verifierKey(name: string, key: KeyObject, kind: 1 | 4 = ED25519): string {
  const raw = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32);
  return `${name}+${keyId(name, kind, raw)}+${Buffer.concat([Uint8Array.of(kind), raw]).toString('base64')}`;
}

/** @returns undefined when the text is no verifier key, or its id is not that of its key */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const [, name, id, material] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(material ?? '', 'base64');
  const [kind] = bytes;
  if (name === undefined || id === undefined || bytes.length !== 33 || (kind !== ED25519 && kind !== COSIGNATURE)) return undefined;
  const key = bytes.subarray(1);
  return keyId(name, kind, key) === id ? { name, id, kind, key } : undefined;
}

/** @param text ends in a newline @param key an Ed25519 private key */
export function signNote(text: string, name: string, key: KeyObject): string {
  const parsed = parseVerifierKey(verifierKey(name, key));
  if (parsed === undefined) throw new TypeError('not an Ed25519 key, or a name with spaces or plus');
  return `${text}\n${signatureLine(name, parsed.id, sign(null, Buffer.from(text), key))}`;
}

export const signatureLine = (name: string, id: string, signature: Uint8Array): string =>
  `— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64')}\n`;

/** @returns undefined when it is no signed note */
export function parseNote(note: string): Note | undefined {
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0 || !note.endsWith('\n')) return undefined;
  const signatures = note.slice(gap + 2, -1).split('\n').map((line) => {
    const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = Buffer.from(encoded, 'base64');
    return { name, id: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) };
  });
  return signatures.some((one) => one.name === '' || one.signature.length === 0) ? undefined : { text: note.slice(0, gap + 1), signatures };
}

/** Whether the key signed the note; a signature under its name and id that does not fit is false. */
export function isSignedBy(note: Note, key: VerifierKey): boolean {
  return note.signatures.some(({ name, id, signature }) => name === key.name && id === key.id
    && (key.kind === ED25519 ? fits(key, Buffer.from(note.text), signature) : cosigned(key, note.text, signature)));
}

/** C2SP tlog-cosignature: the time, 8 bytes, then Ed25519 over a header, the time and the note's text. */
function cosigned(key: VerifierKey, text: string, signature: Buffer): boolean {
  if (signature.length !== 72) return false;
  return fits(key, cosignedMessage(signature.readBigUInt64BE(0), text), signature.subarray(8));
}

export const cosignedMessage = (seconds: bigint, text: string): Buffer => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);

const fits = (key: VerifierKey, message: Buffer, signature: Buffer): boolean =>
  verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, key.key]), format: 'der', type: 'spki' }), signature);
