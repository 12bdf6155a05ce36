import canonicalize from 'canonicalize';

/**
 * The same for an object whose values are primitives and lists of them: a row. JSON.stringify writes those
 * as RFC 8785 wants them, so that only the keys need their order; a run writes four rows a resource.
 */
export const canonicalRow = (row: Readonly<Record<string, unknown>>): Buffer =>
  Buffer.from(`{${Object.keys(row).sort().map((key) => `${JSON.stringify(key)}:${JSON.stringify(row[key])}`).join(',')}}`, 'utf8');

/** RFC 8785 bytes of a JSON object: what is hashed and what is stored are the same. */
export function canonicalBytes(value: object): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only a JSON object has canonical bytes');
  return Buffer.from(text, 'utf8');
}
