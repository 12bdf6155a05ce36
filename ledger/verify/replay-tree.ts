import { leafHash, nodeHash, rootOfHashes } from './merkle.ts';
import { TILE_WIDTH } from './tiles.ts';

/** Builds the tree again from leaves in their order: its root at every moment, and every tile as it fills. */
export class TreeReplay {
  size = 0;
  /** Full subtrees from the largest to the smallest: the binary digits of `size`. */
  readonly #stack: { height: number; hash: Buffer }[] = [];
  /** The tile that grows, by level. */
  readonly #tiles: Buffer[][] = [];
  readonly #full: (level: number, index: number, hashes: readonly Buffer[]) => void;

  /** @param full told of each tile that is full */
  constructor(full: (level: number, index: number, hashes: readonly Buffer[]) => void = () => {}) { this.#full = full; }

  push(entry: Uint8Array): Buffer {
    const hashed = leafHash(entry);
    let node = { height: 0, hash: hashed };
    for (let left = this.#stack.at(-1); left?.height === node.height; left = this.#stack.at(-1)) {
      this.#stack.pop();
      node = { height: node.height + 1, hash: nodeHash(left.hash, node.hash) };
    }
    this.#stack.push(node);
    this.size++;
    this.#grow(0, hashed);
    return hashed;
  }

  #grow(level: number, hashed: Buffer): void {
    const tile = this.#tiles[level] ??= [];
    tile.push(hashed);
    if (tile.length < TILE_WIDTH) return;
    this.#tiles[level] = [];
    this.#full(level, Math.floor((this.size - 1) / TILE_WIDTH ** (level + 1)), tile);
    this.#grow(level + 1, rootOfHashes(tile));
  }

  root(): Buffer {
    return this.#stack.length === 0 ? rootOfHashes([]) : this.#stack.map((node) => node.hash).reduceRight((right, left) => nodeHash(left, right));
  }

  /** The tiles that are not full: level, index, hashes. */
  partial(): { level: number; index: number; hashes: readonly Buffer[] }[] {
    return this.#tiles.flatMap((hashes, level) => hashes.length === 0 ? [] : [{ level, index: Math.floor(this.size / TILE_WIDTH ** (level + 1)), hashes }]);
  }
}
