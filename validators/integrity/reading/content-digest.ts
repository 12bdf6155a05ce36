/**
 * 64 bits over everything a resource says but its id, meta and narrative; the order of an object's
 * members does not matter. Not cryptographic: it compares the resources of one type in one patient.
 */
export function contentDigest(resource: Readonly<Record<string, unknown>>): string {
  let [high, low] = [0, 0];
  for (const name in resource) {
    if (name === 'id' || name === 'meta' || name === 'text') continue;
    digest(resource[name], seed(name));
    high = (high + first) | 0;
    low = (low + second) | 0;
  }
  return `${(high >>> 0).toString(36)}.${(low >>> 0).toString(36)}`;
}

// The last digest: two 32-bit halves, kept outside so that nothing is allocated.
let first = 0;
let second = 0;

function digest(value: unknown, start: number): void {
  let [a, b] = [start, start ^ 0x5bd1e995];
  if (typeof value === 'string') {
    for (let at = 0; at < value.length; at++) {
      a = Math.imul(a ^ value.charCodeAt(at), 0x01000193);
      b = (b + a) | 0;
    }
  } else if (typeof value !== 'object' || value === null) {
    digest(String(value), start ^ 1);
    return;
  } else if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      digest(value[at], Math.imul(a, 31) ^ at);
      a = Math.imul(a ^ first, 0x01000193);
      b = Math.imul(b ^ second, 0x85ebca6b);
    }
  } else {
    const object = value as Record<string, unknown>;
    for (const name in object) {
      digest(object[name], seed(name));
      a = (a + first) | 0;
      b = (b + second) | 0;
    }
  }
  first = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d);
  second = Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
}

// Element names are few; a record's own keys must not grow the map for ever.
const seeds = new Map<string, number>();
function seed(name: string): number {
  let known = seeds.get(name);
  if (known === undefined) {
    known = 0x811c9dc5;
    for (let at = 0; at < name.length; at++) known = Math.imul(known ^ name.charCodeAt(at), 0x01000193);
    if (seeds.size < 5_000) seeds.set(name, known);
  }
  return known;
}
