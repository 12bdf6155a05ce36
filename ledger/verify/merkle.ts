import { hash } from 'node:crypto';

/** SHA-256 over a prefix byte and what follows. */
const prefixed = (prefix: number, ...parts: Uint8Array[]): Buffer =>
  hash('sha256', Buffer.concat([Uint8Array.of(prefix), ...parts]), 'buffer');

/** RFC 6962 section 2.1: leaves are prefixed with 0x00, nodes with 0x01. */
export const leafHash = (entry: Uint8Array): Buffer => prefixed(0, entry);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => prefixed(1, left, right);
const EMPTY = hash('sha256', '', 'buffer');

/** The Merkle Tree Hash of RFC 6962 section 2.1 over `entries` in their order. */
export const merkleRoot = (entries: readonly Uint8Array[]): Buffer => rootOfHashes(entries.map(leafHash));

/** The same over leaf hashes, or over roots of full subtrees of one size. */
export function rootOfHashes(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return EMPTY;
  // A stack of full subtrees, as their sizes' binary digits: two of one height become one.
  const stack: { height: number; hash: Buffer }[] = [];
  for (const one of hashes) {
    let node = { height: 0, hash: one };
    for (let left = stack.at(-1); left?.height === node.height; left = stack.at(-1)) {
      stack.pop();
      node = { height: node.height + 1, hash: nodeHash(left.hash, node.hash) };
    }
    stack.push(node);
  }
  return stack.map((node) => node.hash).reduceRight((right, left) => nodeHash(left, right));
}
