import { hash } from 'node:crypto';

const sha256 = (prefix: number, ...parts: Uint8Array[]): Buffer =>
  hash('sha256', Buffer.concat([Uint8Array.of(prefix), ...parts]), 'buffer');

/**
 * The Merkle Tree Hash of RFC 6962 section 2.1 over `entries` in their order: leaves are prefixed
 * with 0x00, nodes with 0x01, the left subtree is the largest full one.
 */
export function merkleRoot(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return hash('sha256', '', 'buffer');
  // A stack of full subtrees, as their sizes' binary digits: two of one height become one.
  const stack: { height: number; hash: Buffer }[] = [];
  for (const entry of entries) {
    let node = { height: 0, hash: sha256(0, entry) };
    for (let left = stack.at(-1); left?.height === node.height; left = stack.at(-1)) {
      stack.pop();
      node = { height: node.height + 1, hash: sha256(1, left.hash, node.hash) };
    }
    stack.push(node);
  }
  return stack.map((node) => node.hash).reduceRight((right, left) => sha256(1, left, right));
}
