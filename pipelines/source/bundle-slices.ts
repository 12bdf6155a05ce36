import { asJson, listOf, type JsonObject } from './body.ts';

export type EntrySlice = {
  /** The exact bytes of entry.resource; undefined where there is none. */
  readonly resource: Buffer | undefined;
  /** The entry, parsed: for fullUrl, search, request, response. */
  readonly entry: JsonObject;
};

export type BundleSlices = { readonly bundle: JsonObject; readonly entries: readonly EntrySlice[] };

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * A Bundle with the exact source slice of each entry's resource (contract 3): parsing and writing
 * again would change decimals. Undefined where the bytes are no Bundle.
 */
export function bundleSlices(bytes: Buffer): BundleSlices | undefined {
  const bundle = asJson(bytes);
  if (bundle?.['resourceType'] !== 'Bundle') return undefined;
  const parsed = listOf(bundle['entry']);
  // The bytes are JSON: the walk need not check them again.
  const found = parsed.length === 0 ? [] : elements(bytes, member(bytes, skipSpace(bytes, 0), 'entry') ?? 0);
  return { bundle, entries: parsed.map((entry, index) => ({ entry, resource: resourceOf(bytes, found[index]) })) };
}

function resourceOf(bytes: Buffer, entryAt: number | undefined): Buffer | undefined {
  const at = entryAt === undefined ? undefined : member(bytes, entryAt, 'resource');
  return at === undefined || bytes[at] !== OPEN_OBJECT ? undefined : bytes.subarray(at, skipValue(bytes, at));
}

/** Where the value of a member of the object at `at` begins; the last of that name, as JSON.parse takes it. */
function member(bytes: Buffer, at: number, name: string): number | undefined {
  let found: number | undefined;
  let here = skipSpace(bytes, at + 1);
  while (bytes[here] === QUOTE) {
    const end = skipString(bytes, here);
    const value = skipSpace(bytes, skipSpace(bytes, end) + 1); // behind the colon
    if (JSON.parse(bytes.toString('utf8', here, end)) === name) found = value;
    here = skipSpace(bytes, skipValue(bytes, value));
    if (bytes[here] !== COMMA) break;
    here = skipSpace(bytes, here + 1);
  }
  return found;
}

/** Where the elements of the array at `at` begin; those that are no objects are left out, as listOf does. */
function elements(bytes: Buffer, at: number): number[] {
  const found: number[] = [];
  let here = skipSpace(bytes, at + 1);
  while (here < bytes.length && bytes[here] !== CLOSE_ARRAY) {
    if (bytes[here] === OPEN_OBJECT) found.push(here);
    here = skipSpace(bytes, skipValue(bytes, here));
    if (bytes[here] === COMMA) here = skipSpace(bytes, here + 1);
  }
  return found;
}

function skipValue(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at);
  let here = at;
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) {
    while (here < bytes.length && !endsScalar(bytes[here])) here++;
    return here;
  }
  for (let depth = 0; here < bytes.length;) {
    const byte = bytes[here];
    if (byte === QUOTE) {
      here = skipString(bytes, here);
      continue;
    }
    here++;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) break;
  }
  return here;
}

function skipString(bytes: Buffer, at: number): number {
  let here = at + 1;
  while (here < bytes.length && bytes[here] !== QUOTE) here += bytes[here] === BACKSLASH ? 2 : 1;
  return here + 1;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const endsScalar = (byte: number | undefined): boolean => byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY || isSpace(byte);

function skipSpace(bytes: Buffer, at: number): number {
  let here = at;
  while (isSpace(bytes[here])) here++;
  return here;
}
