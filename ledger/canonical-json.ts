import canonicalize from 'canonicalize';
import type { EventBody } from '../terms/event.ts';

/** RFC 8785 bytes of a body: what is hashed and what is stored are the same. */
export function canonicalBytes(body: EventBody): Buffer {
  const text = canonicalize(body);
  if (text === undefined) throw new TypeError('an event body must be a JSON object');
  return Buffer.from(text, 'utf8');
}
