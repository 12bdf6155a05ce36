import { rootOfHashes } from './merkle.ts';
import type { NodeSource } from './tree.ts';

/** C2SP tlog-tiles: a tile is 8 levels high, 256 hashes wide. https://c2sp.org/tlog-tiles */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;
export const HASH_BYTES = 32;

/** How many hashes the tile has in a tree of `size` leaves: 0 to 256. */
export function tileWidth(level: number, index: number, size: number): number {
  const nodes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, nodes - index * TILE_WIDTH));
}

/** `tile/0/x001/234`, `tile/entries/000.p/17`. @param width below 256 for a partial tile */
export function tilePath(level: number | 'entries', index: number, width: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0').match(/\d{3}/g) ?? ['000'];
  const place = digits.map((three, at) => (at < digits.length - 1 ? `x${three}` : three)).join('/');
  return `tile/${level}/${place}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** Every tile of a tree of this size: level, index and width. */
export function* tilesOf(size: number): Generator<{ level: number; index: number; width: number }> {
  for (let level = 0; Math.floor(size / TILE_WIDTH ** level) > 0; level++) {
    const nodes = Math.floor(size / TILE_WIDTH ** level);
    for (let index = 0; index * TILE_WIDTH < nodes; index++) yield { level, index, width: tileWidth(level, index, size) };
  }
}

/** A bundle of entries: each with its length before it, 2 bytes, big-endian. */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(entries.flatMap((entry) => {
    if (entry.length > 0xffff) throw new RangeError('an entry of more than 65,535 bytes');
    return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
  }));
}

/** @throws RangeError when the bundle ends inside an entry */
export function decodeBundle(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length;) {
    if (at + 2 > bundle.length) throw new RangeError('a bundle ends inside an entry');
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) throw new RangeError('a bundle ends inside an entry');
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

export const splitHashes = (tile: Buffer): Buffer[] =>
  Array.from({ length: tile.length / HASH_BYTES }, (_, at) => tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));

/** Nodes out of tiles; each tile is asked for once, each node hashed once. @param read the hashes of a tile, at least those of the tree in question */
export function nodesOfTiles(read: (level: number, index: number) => Promise<Buffer>): NodeSource {
  const known = new Map<string, Promise<Buffer>>();
  const once = (key: string, make: () => Promise<Buffer>): Promise<Buffer> => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
  return (level, index) => once(`node ${level}/${index}`, async () => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const width = 2 ** (level % TILE_HEIGHT);
    const from = index * width;
    const place = Math.floor(from / TILE_WIDTH);
    const hashes = await once(`tile ${tileLevel}/${place}`, () => read(tileLevel, place));
    const at = from % TILE_WIDTH;
    if (hashes.length < (at + width) * HASH_BYTES) throw new RangeError(`tile ${tileLevel}/${place} has ${hashes.length / HASH_BYTES} hashes, ${at + width} are needed`);
    return rootOfHashes(splitHashes(hashes.subarray(at * HASH_BYTES, (at + width) * HASH_BYTES)));
  });
}
