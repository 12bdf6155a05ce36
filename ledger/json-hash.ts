import { hash } from 'node:crypto';
import { canonicalBytes } from './verify/canonical-json.ts';

/** Hashes by JSON text: lists of findings repeat by the thousand, and canonical bytes take ten times as long as a text. */
const known = new Map<string, string>();
/** The oldest go first. */
const KEPT = 4_000;

/** The same by the very object: a list that was read once is given out again and again, and never changes. */
const given = new WeakMap<object, string>();

/** SHA-256 (hex) of a JSON value's RFC 8785 bytes: how a jsonb column enters its row's hash. */
export function jsonHash(value: object): string {
  const before = given.get(value);
  if (before !== undefined) return before;
  const text = JSON.stringify(value);
  let hashed = known.get(text);
  if (hashed === undefined) {
    known.set(text, hashed = hash('sha256', canonicalBytes(value), 'hex'));
    const [oldest] = known.keys();
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  }
  given.set(value, hashed);
  return hashed;
}
