import { digestBytes, leafDigest, nodeDigest, rootOfDigests, type Digest } from './merkle.ts';
import { TILE_HEIGHT, TILE_WIDTH } from './tiles.ts';

/** Builds the tree again from leaves in their order: its root at every moment, and every tile as it fills. */
export class TreeReplay {
  size = 0;
  /** Full subtrees from the largest to the smallest: the binary digits of `size`. */
  readonly #roots: Digest[] = [];
  readonly #heights: number[] = [];
  /** The tile that grows, by level. */
  readonly #tiles: Digest[][] = [];
  readonly #full: (level: number, index: number, hashes: readonly Digest[]) => void;

  /** @param full told of each tile that is full */
  constructor(full: (level: number, index: number, hashes: readonly Digest[]) => void = () => {}) { this.#full = full; }

  push(entry: Uint8Array): Digest {
    const hashed = leafDigest(entry);
    this.size++;
    let [node, height] = [hashed, 0];
    this.#grow(0, node);
    for (; this.#heights.at(-1) === height; height++) {
      node = nodeDigest(this.#roots.pop() ?? '', node);
      this.#heights.pop();
      // A subtree of a tile's height is full when the tile is: its root is a hash of the level above.
      if ((height + 1) % TILE_HEIGHT === 0) this.#grow((height + 1) / TILE_HEIGHT, node);
    }
    this.#roots.push(node);
    this.#heights.push(height);
    return hashed;
  }

  #grow(level: number, hashed: Digest): void {
    const tile = this.#tiles[level] ??= [];
    tile.push(hashed);
    if (tile.length < TILE_WIDTH) return;
    this.#tiles[level] = [];
    this.#full(level, Math.floor((this.size - 1) / TILE_WIDTH ** (level + 1)), tile);
  }

  root(): Buffer {
    return digestBytes(this.#roots.length === 0 ? rootOfDigests([]) : this.#roots.reduceRight((right, left) => nodeDigest(left, right)));
  }

  /** The tiles that are not full: level, index, hashes. */
  partial(): { level: number; index: number; hashes: readonly Digest[] }[] {
    return this.#tiles.flatMap((hashes, level) => hashes.length === 0 ? [] : [{ level, index: Math.floor(this.size / TILE_WIDTH ** (level + 1)), hashes }]);
  }
}
