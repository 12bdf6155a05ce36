import canonicalize from 'canonicalize';

/** RFC 8785 bytes of a JSON object: what is hashed and what is stored are the same. */
export function canonicalBytes(value: object): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only a JSON object has canonical bytes');
  return Buffer.from(text, 'utf8');
}
