import canonicalize from 'canonicalize';

/** RFC 8785 bytes of a JSON object: what is hashed and what is stored are the same. */
export function canonicalBytes(value: object): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only a JSON object has canonical bytes');
  return Buffer.from(text, 'utf8');
}

type Row = Readonly<Record<string, unknown>>;
/** The keys in their order, what stands before each value, and behind the last. */
type Shape = { readonly keys: readonly string[]; readonly before: readonly string[]; readonly after: string };
const shapes = new Map<string, Shape>();

/**
 * RFC 8785 text of `{"table": table, …row}`, for a row of primitives and lists of them. JSON.stringify writes those as
 * RFC 8785 wants them; the order of the keys is made once a table, since a run writes four rows a resource.
 * @throws TypeError where a value is undefined: it has no JSON
 */
export function canonicalRow(table: string, row: Row): string {
  const shape = shapes.get(table);
  const text = shape === undefined || shape.keys.length !== Object.keys(row).length ? undefined : textOf(shape, row);
  if (text !== undefined) return text;
  const anew = shapeOf(table, row);
  shapes.set(table, anew);
  const written = textOf(anew, row);
  if (written === undefined) throw new TypeError(`a row of ${table} has a column without a value`);
  return written;
}

function shapeOf(table: string, row: Row): Shape {
  const before: string[] = [];
  const keys: string[] = [];
  let gap = '{';
  for (const key of [...Object.keys(row), 'table'].sort()) {
    gap += `${gap === '{' ? '' : ','}${JSON.stringify(key)}:`;
    if (key === 'table') gap += JSON.stringify(table);
    else {
      keys.push(key);
      before.push(gap);
      gap = '';
    }
  }
  return { keys, before, after: `${gap}}` };
}

/** @returns undefined where the row lacks one of the keys */
function textOf({ keys, before, after }: Shape, row: Row): string | undefined {
  let text = '';
  for (let at = 0; at < keys.length; at++) {
    const value = row[keys[at]!];
    if (value === undefined) return undefined;
    text += before[at]! + (typeof value === 'string' && PLAIN.test(value) ? `"${value}"` : JSON.stringify(value));
  }
  return text + after;
}

/** Stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;
