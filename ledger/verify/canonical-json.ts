import canonicalize from 'canonicalize';

/** RFC 8785 bytes of a JSON object: what is hashed and what is stored are the same. */
export function canonicalBytes(value: object): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only a JSON object has canonical bytes');
  return Buffer.from(text, 'utf8');
}

/** The keys in their order, each as it stands before its value. */
type Shape = { readonly keys: readonly string[]; readonly before: readonly string[] };
const shapes = new Map<string, Shape>();

/**
 * The same as text, for an object of primitives and lists of them: a row. JSON.stringify writes those as RFC 8785
 * wants them; the order of the keys is made once a shape, since a run writes four rows a resource.
 * @param shape names rows that have the same keys
 */
export function canonicalRow(shape: string, row: Readonly<Record<string, unknown>>): string {
  let { keys, before } = shapes.get(shape) ?? { keys: [], before: [] };
  if (keys.length !== Object.keys(row).length || keys.some((key) => row[key] === undefined)) {
    keys = Object.keys(row).sort();
    before = keys.map((key, place) => `${place === 0 ? '' : ','}${JSON.stringify(key)}:`);
    shapes.set(shape, { keys, before });
  }
  let text = '{';
  for (const [place, key] of keys.entries()) text += before[place]! + JSON.stringify(row[key]);
  return `${text}}`;
}
