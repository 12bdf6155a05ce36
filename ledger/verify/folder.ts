import { ahead } from './ahead.ts';
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import { isSigned, knownKeys, type KeyLeaf } from './keys.ts';
import { limitsOf } from './limits.ts';
import { checkRemembered, lost, restoredIn, type Restored } from './remembered.ts';
import { TreeReplay } from './replay-tree.ts';
import { decodeBundle, HASH_BYTES, TILE_WIDTH, tilePath, tilesOf, tileWidth } from './tiles.ts';
import { collectTroubles, type Report, type Troubles } from './trouble.ts';

/** Reads a file of the exported log by its path; undefined where there is none. */
export type ReadFile = (path: string) => Promise<Buffer | undefined>;

/** Verifies a log that was exported as C2SP tlog-tiles, without the database: every entry, tile, key and the checkpoint. */
export async function verifyTiles(read: ReadFile, { remembered = [], trusted = [] }: { remembered?: readonly Checkpoint[]; trusted?: readonly string[] } = {}): Promise<Report> {
  const troubles = collectTroubles();
  const checkpoint = parseCheckpoint((await read('checkpoint'))?.toString('utf8') ?? '');
  if (checkpoint === undefined) troubles.add({ kind: 'file-missing', says: 'There is no checkpoint, or it is none.' });
  const size = checkpoint?.size ?? 0;
  const built = new Map<string, string>();
  const tree = new TreeReplay((level, index, hashes) => { built.set(`${level}/${index}`, hashes.join('')); });
  const wanted = new Set(remembered.map((one) => one.size));
  const roots = new Map<number, Buffer>([[0, tree.root()]]);
  const keyLeaves: KeyLeaf[] = [];
  const restored: Restored[] = [];
  for await (const { first, entries, tile } of ahead(bundlesOf(read, size, troubles))) for (const [at, entry] of entries.entries()) {
    const leaf = first + at;
    const hashed = tree.push(entry);
    if (tile !== undefined && tile.toString('latin1', at * HASH_BYTES, (at + 1) * HASH_BYTES) !== hashed) {
      troubles.add({ kind: 'event-changed', leaf, says: `Entry ${leaf} is not the one whose hash the tile beside it has.` });
    }
    if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
    if (!ofTheLog.some((kind) => entry.includes(kind))) continue;
    const body = asBody(entry);
    if (body['kind'] === 'ledger-key') keyLeaves.push({ leaf, key: String(body['key']), ...(typeof body['before'] === 'string' ? { before: body['before'] } : {}) });
    if (body['kind'] === 'ledger-restored') restored.push(restoredIn(body));
  }
  for (const { level, index, hashes } of tree.partial()) built.set(`${level}/${index}`, hashes.join(''));
  for (const { level, index, width } of tilesOf(size)) {
    const path = tilePath(level, index, width);
    const bytes = await read(path);
    if (bytes === undefined) troubles.add({ kind: 'file-missing', says: `${path} is not there.` });
    else if (built.get(`${level}/${index}`) !== bytes.toString('latin1')) troubles.add({ kind: 'tile-changed', row: path, says: `${path} is not what the entries make it.` });
  }
  if (checkpoint !== undefined) {
    const keys = knownKeys(keyLeaves, [checkpoint, ...remembered], trusted, troubles);
    if (tree.size !== size || !tree.root().equals(checkpoint.root)) troubles.add({ kind: 'tree-differs', leaf: size, says: `The entries do not give the root that the checkpoint at ${size} leaves signs.` });
    if (!isSigned(checkpoint, keys)) troubles.add({ kind: 'checkpoint-unsigned', leaf: size, says: 'The checkpoint is signed by no key of this log.' });
    checkRemembered({ remembered, roots, size, keys, restored, troubles });
  }
  return {
    origin: checkpoint?.origin ?? null, size, root: tree.root().toString('hex'), troubles: troubles.list, troubleCount: troubles.count,
    looked: { leaves: tree.size, tiles: built.size, remembered: remembered.length },
    limits: [...limitsOf({ size, checkpoints: checkpoint === undefined ? [] : [checkpoint], remembered, trusted, waiting: 0 }), ...lost(restored)],
  };
}

/** Kinds of leaves that the verifier reads, as they stand in an entry: only such are parsed. */
const ofTheLog = ['"ledger-key"', '"ledger-restored"'];

/** Bundles of entries with the tile of their hashes. */
async function* bundlesOf(read: ReadFile, size: number, troubles: Troubles): AsyncGenerator<{ first: number; entries: Buffer[]; tile: Buffer | undefined }> {
  for (let index = 0; tileWidth(0, index, size) > 0; index++) {
    const width = tileWidth(0, index, size);
    const path = tilePath('entries', index, width);
    const bytes = await read(path);
    if (bytes === undefined) return troubles.add({ kind: 'file-missing', says: `${path} is not there.` });
    const tile = await read(tilePath(0, index, width));
    let entries: Buffer[] = [];
    try {
      entries = decodeBundle(bytes);
    } catch {
      troubles.add({ kind: 'file-changed', row: path, says: `${path} ends inside an entry.` });
    }
    yield { first: index * TILE_WIDTH, entries, tile };
  }
}

function asBody(entry: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(entry.toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
