import { nodeHash, rootOfHashes } from './merkle.ts';

/**
 * The hash of a full subtree: the node of `level` (0: leaf hashes) and `index` from the left. Where
 * it comes from (tiles in a folder, in a database, over HTTP) is the caller's.
 */
export type NodeSource = (level: number, index: number) => Promise<Buffer>;

/** Root of a tree of `size` leaves. Sizes are below 2^53. */
export const treeRoot = (size: number, node: NodeSource): Promise<Buffer> => range(0, size, node);

/** MTH(D[from:to]) of RFC 6962 section 2.1; `from` is where a subtree of that size may begin. */
async function range(from: number, to: number, node: NodeSource): Promise<Buffer> {
  const count = to - from;
  if (count === 0) return rootOfHashes([]);
  const split = largestPowerBelow(count);
  if (isPower(count)) return node(Math.round(Math.log2(count)), from / count);
  return nodeHash(await range(from, from + split, node), await range(from + split, to, node));
}

/** PATH(leaf, D[size]) of RFC 6962 section 2.1.1: proves that the leaf is in the tree. */
export async function inclusionProof(leaf: number, size: number, node: NodeSource): Promise<Buffer[]> {
  const path = async (from: number, to: number): Promise<Buffer[]> => {
    if (to - from === 1) return [];
    const middle = from + largestPowerBelow(to - from);
    return leaf < middle
      ? [...await path(from, middle), await range(middle, to, node)]
      : [...await path(middle, to), await range(from, middle, node)];
  };
  if (leaf < 0 || leaf >= size) throw new RangeError('the leaf is not in the tree');
  return path(0, size);
}

/** PROOF(older, D[size]) of RFC 6962 section 2.1.2: proves that the older tree is the beginning of this one. */
export async function consistencyProof(older: number, size: number, node: NodeSource): Promise<Buffer[]> {
  const subproof = async (from: number, to: number, complete: boolean): Promise<Buffer[]> => {
    if (older === to) return complete ? [] : [await range(from, to, node)];
    const middle = from + largestPowerBelow(to - from);
    return older <= middle
      ? [...await subproof(from, middle, complete), await range(middle, to, node)]
      : [...await subproof(middle, to, false), await range(from, middle, node)];
  };
  if (older < 0 || older > size) throw new RangeError('the older tree is larger');
  return older === 0 || older === size ? [] : subproof(0, size, true);
}

/** RFC 9162 section 2.1.3.2, which computes what RFC 6962 leaves to the reader. */
export function checkInclusion(proof: readonly Buffer[], leaf: number, leafHashed: Buffer, size: number, root: Buffer): boolean {
  if (leaf >= size) return false;
  let [fn, sn, at] = [leaf, size - 1, leafHashed];
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      at = nodeHash(sibling, at);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else at = nodeHash(at, sibling);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && at.equals(root);
}

/** RFC 9162 section 2.1.4.2. */
export function checkConsistency(proof: readonly Buffer[], older: number, olderRoot: Buffer, size: number, root: Buffer): boolean {
  if (older === 0) return proof.length === 0;
  if (older === size) return proof.length === 0 && olderRoot.equals(root);
  if (older > size) return false;
  const path = isPower(older) ? [olderRoot, ...proof] : [...proof];
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [fn, sn] = [older - 1, size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [fr, sr] = [first, first];
  for (const one of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeHash(one, fr), nodeHash(one, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else sr = nodeHash(sr, one);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && fr.equals(olderRoot) && sr.equals(root);
}

const isPower = (n: number): boolean => n === 1 || largestPowerBelow(n) * 2 === n;
const half = (n: number): number => Math.floor(n / 2);

/** The largest power of two that is smaller than `n`; 1 for 1. */
export function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
