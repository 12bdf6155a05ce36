/**
 * One pass over a resource's bytes for what JSON.parse hides: duplicate keys, depth, and which numbers are
 * written otherwise than JavaScript would write them. Finds no syntax errors: JSON.parse does.
 */
export type Scan = {
  /** Nested deeper than `maxDepth`: nothing else was looked at. */
  readonly tooDeep: boolean;
  /** Byte offsets of keys that repeat one of their object. */
  readonly duplicates: readonly number[];
  /** Values of whole numbers written with a fraction or exponent (`1.0`, `1e3`): no FHIR integer may be. */
  readonly oddIntegers: ReadonlySet<number>;
  /** Values of numbers written with more than 17 digits, or with an exponent that leaves no number: whether JavaScript writes them otherwise, so that their lexemes matter. */
  readonly longNumbers: ReadonlyMap<number, boolean>;
};

export const maxDepth = 250;

const none: readonly number[] = [];
const noNumbers: ReadonlySet<number> = new Set();
const noLong: ReadonlyMap<number, boolean> = new Map();
const clean: Scan = { tooDeep: false, duplicates: none, oddIntegers: noNumbers, longNumbers: noLong };
const deep: Scan = { ...clean, tooDeep: true };

// Reused between calls: a scan never calls out. Keys of the open objects, by hash and by bytes.
let hashes = new Int32Array(4096);
let starts = new Int32Array(4096);
let ends = new Int32Array(4096);
/** Where each open object's keys begin; -1 for an array. */
const frames = new Int32Array(maxDepth + 2);

const grow = (a: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => { const b = new Int32Array(a.length * 2); b.set(a); return b; };

const sameKey = (b: Uint8Array, s: number, e: number, t: number, f: number): boolean => {
  if (e - s === f - t) {
    let i = 0;
    while (i < e - s && b[s + i] === b[t + i]) i++;
    if (i === e - s) return true;
  }
  return false;
};

/** An escaped key (`\u0061`) as its characters' hash and bytes would be: rare, so by way of JSON.parse. */
const unescaped = (b: Uint8Array, s: number, e: number): string | undefined => {
  try { return JSON.parse(`"${new TextDecoder().decode(b.subarray(s, e))}"`) as string; } catch { return undefined; }
};

export const scan = (b: Uint8Array): Scan => {
  const n = b.length;
  let depth = 0, keys = 0, duplicates: number[] | undefined, odd: Set<number> | undefined, long: Map<number, boolean> | undefined;
  /** True where the next string is a key. */
  let key = false;
  /** Objects of more than 32 keys look theirs up here. */
  let big: Map<number, Map<number, number[]>> | undefined;
  let escaped: Map<number, Set<string>> | undefined;
  for (let i = 0; i < n; i++) {
    const c = b[i]!;
    if (c === 34) {
      const s = ++i;
      if (!key) {
        for (;;) {
          const d = b[i];
          if (d === 34 || d === undefined) break;
          if (d === 92) i++;
          i++;
        }
        continue;
      }
      let h = 0, slash = false;
      for (;;) {
        const d = b[i];
        if (d === 34 || d === undefined) break;
        if (d === 92) { slash = true; i++; }
        h = (Math.imul(h, 31) + d) | 0;
        i++;
      }
      key = false;
      const from = frames[depth]!;
      if (slash || escaped?.has(depth)) {
        // One escaped key in an object: compare that object's keys as text.
        escaped ??= new Map();
        let seen = escaped.get(depth);
        if (!seen) {
          escaped.set(depth, seen = new Set());
          for (let k = from; k < keys; k++) { const t = unescaped(b, starts[k]!, ends[k]!); if (t !== undefined) seen.add(t); }
        }
        const t = unescaped(b, s, i);
        if (t !== undefined && seen.has(t)) (duplicates ??= []).push(s);
        if (t !== undefined) seen.add(t);
      } else if (keys - from <= 32) {
        for (let k = from; k < keys; k++) {
          if (hashes[k] === h && sameKey(b, starts[k]!, ends[k]!, s, i)) { (duplicates ??= []).push(s); break; }
        }
      } else {
        let table = (big ??= new Map()).get(depth);
        if (!table) {
          big.set(depth, table = new Map());
          for (let k = from; k < keys; k++) { const l = table.get(hashes[k]!); if (l) l.push(k); else table.set(hashes[k]!, [k]); }
        }
        const at = table.get(h);
        if (!at) table.set(h, [keys]);
        else {
          // Keys made to collide must not cost more than a bounded search.
          let found = false;
          for (let k = 0; k < at.length && k < 64 && !found; k++) found = sameKey(b, starts[at[k]!]!, ends[at[k]!]!, s, i);
          if (found) (duplicates ??= []).push(s); else at.push(keys);
        }
      }
      if (keys === hashes.length) { hashes = grow(hashes); starts = grow(starts); ends = grow(ends); }
      hashes[keys] = h; starts[keys] = s; ends[keys++] = i;
    } else if (c === 44) key = frames[depth]! >= 0 && depth > 0;
    else if (c === 123) { if (++depth > maxDepth) return deep; frames[depth] = keys; key = true; }
    else if (c === 91) { if (++depth > maxDepth) return deep; frames[depth] = -1; }
    else if (c === 125 || c === 93) {
      if (depth > 0) {
        const from = frames[depth]!;
        if (from >= 0) { keys = from; big?.delete(depth); escaped?.delete(depth); }
        depth--;
      }
      key = false;
    } else if (c === 45 || (c >= 48 && c <= 57)) {
      const s = i;
      let plain = true, dot = -1;
      for (i++; i < n; i++) {
        const d = b[i]!;
        if (d >= 48 && d <= 57) continue;
        if (d === 46) dot = i;
        else if (d === 101 || d === 69) plain = false;
        else if (d !== 43 && d !== 45) break;
      }
      i--;
      if (i - s + (b[s] === 45 ? 0 : 1) - (dot >= 0 ? 1 : 0) > 17 || !plain) {
        const lexeme = Buffer.from(b.buffer, b.byteOffset + s, Math.min(i - s + 1, 400)).toString('latin1');
        const v = Number(lexeme);
        if (plain || v === 0 || !Number.isFinite(v)) (long ??= new Map()).set(v, String(v) !== lexeme || long.get(v) === true);
      }
      if (!plain || dot >= 0) {
        let whole = !plain;
        if (plain) { let k = dot + 1; while (k <= i && b[k] === 48) k++; whole = k > i; }
        if (whole) {
          const v = Number(Buffer.from(b.buffer, b.byteOffset + s, i - s + 1).toString('latin1'));
          if (Number.isInteger(v)) (odd ??= new Set()).add(v);
        }
      }
    }
  }
  if (hashes.length > 1 << 20) { hashes = new Int32Array(4096); starts = new Int32Array(4096); ends = new Int32Array(4096); }
  if (!duplicates && !odd && !long) return clean;
  return { tooDeep: false, duplicates: duplicates ?? none, oddIntegers: odd ?? noNumbers, longNumbers: long ?? noLong };
};
