import type { Json } from './environment.ts';
import { keyOf, sameItem } from './equality.ts';
import { FhirPathError } from './fhirpath-error.ts';
import { type Item, type Items, Node } from './item.ts';
import { isObject } from './navigate.ts';
import { Quantity } from './quantity.ts';
import { systemOf } from './convert.ts';

/** A full comparison is only made where the signatures agree; data made to agree everywhere are given up on. */
const mostComparisons = 2_000_000;
const nodesInSignature = 300;
const deepestInSignature = 12;

const hashText = (text: string): number => {
  let hash = text.length;
  const end = Math.min(text.length, 64);
  for (let i = 0; i < end; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
};

/** Equal JSON has equal signatures, whatever the order of its keys; large or deep values count in part. */
const signature = (value: Json | undefined, depth: number, budget: { left: number }): number => {
  if (typeof value === 'string') return hashText(value);
  if (typeof value !== 'object' || value === null) return hashText(String(value));
  if (depth >= deepestInSignature) return 1;
  let hash = 7;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) {
      if (budget.left-- <= 0) break;
      hash = (Math.imul(hash, 31) + signature(item, depth + 1, budget)) | 0;
    }
  } else if (isObject(value)) {
    const keys = Object.keys(value);
    // The sum does not see the keys' order; beyond the budget only their number counts.
    if (keys.length > budget.left) return keys.length;
    budget.left -= keys.length;
    const share = Math.floor(budget.left / Math.max(keys.length, 1));
    for (const key of keys) hash = (hash + Math.imul(hashText(key), 17 + signature(value[key], depth + 1, { left: share }))) | 0;
  }
  return hash;
};

/** Members of a growing set under `=`. */
export class Distinct {
  readonly #keys = new Set<string>();
  /** By signature; quantities, dates and type specifiers, equal in many ways of writing, all under 0. */
  readonly #others = new Map<number, Item[]>();
  #comparisons = 0;

  /** False if it was there already. */
  add(item: Item): boolean {
    const key = keyOf(item);
    if (key !== undefined) {
      const before = this.#keys.size;
      return this.#keys.add(key).size > before;
    }
    const bucket = this.#bucket(item);
    if (this.#within(bucket, item)) return false;
    bucket.push(item);
    return true;
  }
  has(item: Item): boolean {
    const key = keyOf(item);
    return key === undefined ? this.#within(this.#bucket(item), item) : this.#keys.has(key);
  }
  static of(items: Items): Distinct {
    const set = new Distinct();
    for (const item of items) set.add(item);
    return set;
  }

  #bucket(item: Item): Item[] {
    const complex = item instanceof Node && isObject(item.value) && !(systemOf(item) instanceof Quantity);
    const hash = complex ? signature(item.value, 0, { left: nodesInSignature }) : 0;
    let bucket = this.#others.get(hash);
    if (!bucket) this.#others.set(hash, (bucket = []));
    return bucket;
  }
  #within(bucket: readonly Item[], item: Item): boolean {
    for (const other of bucket) {
      if (++this.#comparisons > mostComparisons) throw new FhirPathError('execution', 'there are too many elements to be compared with each other');
      if (sameItem(other, item, false) === true) return true;
    }
    return false;
  }
}
