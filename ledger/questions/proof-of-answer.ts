import { checkpointBefore, newestCheckpoint } from '../../storage/checkpoints.ts';
import type { Queryable } from '../../storage/connect.ts';
import { linksOf } from '../../storage/ledger-chains.ts';
import { leafBodiesAt, tilesAt } from '../../storage/ledger.ts';
import { AssayError } from '../../terms/errors.ts';
import { bucketRootsAt, headsAt } from '../heads-at.ts';
import type { AnswerProof } from '../verify/answer-proof.ts';
import { bucketLeaves, bucketOf, bucketRoot, BUCKETS, headBytes } from '../verify/chains.ts';
import { parseCheckpoint } from '../verify/checkpoint.ts';
import { leafHash, rootOfHashes } from '../verify/merkle.ts';
import { nodesOfTiles, TILE_WIDTH } from '../verify/tiles.ts';
import { consistencyProof, inclusionProof, type NodeSource } from '../verify/tree.ts';
import { chainOf, type Whose } from './chain-of.ts';

/** The newest events of the chain, whose bodies come along; the rest of a longer chain is proved by its links alone. */
const BODIES = 100;

/**
 * Question 7: the proof that what is answered about a patient, consumer or viewer is complete, and
 * unchanged since a date. Of the newest checkpoint; what came after it is not in it.
 * @throws AssayError ASSAY_LEDGER_EMPTY before the first checkpoint, ASSAY_LEDGER_NO_CHAIN when no event touched them
 */
export async function proofOfAnswer(db: Queryable, whose: Whose, since?: Date): Promise<AnswerProof> {
  const newest = await newestCheckpoint(db);
  const chain = await chainOf(db, whose);
  if (newest === undefined) throw new AssayError('ASSAY_LEDGER_EMPTY');
  const { size } = newest;
  const links = chain === undefined ? [] : (await linksOf(db, chain.id)).filter((link) => link.leaf < size);
  if (chain === undefined || links.length === 0) throw new AssayError('ASSAY_LEDGER_NO_CHAIN');
  const leaves = [...new Set(links.map((link) => link.leaf))].slice(-BODIES);
  const node = await nodesAround(db, [...leaves, size - 1]);
  const bodies = await leafBodiesAt(db, [...leaves, size - 1]);
  const include = async (leaf: number) => (await inclusionProof(leaf, size, node)).map(base64);
  const older = since === undefined ? undefined : await checkpointBefore(db, since);
  const before = older === undefined ? undefined : parseCheckpoint(older.note);
  const bucket = bucketOf(chain.subject);
  const heads = await headsAt(db, bucket, size);
  const place = heads.findIndex((head) => head.subject.equals(chain.subject));
  const headHashes = heads.map((head) => leafHash(headBytes(head)));
  return {
    checkpoint: newest.note,
    ...(before === undefined || older === undefined ? {} : { older: { checkpoint: older.note, consistency: (await consistencyProof(before.size, size, node)).map(base64) } }),
    chain: { subject: chain.subject.toString('hex'), links: links.map(({ leaf, hash }) => ({ leaf, hash: base64(hash) })) },
    heads: {
      body: base64(bodies.get(size - 1) ?? Buffer.alloc(0)), inclusion: await include(size - 1), place, of: heads.length,
      inBucket: (await inclusionProof(place, heads.length, over(headHashes))).map(base64), bucketRoot: base64(bucketRoot(heads)),
      ofBuckets: (await inclusionProof(bucket, BUCKETS, over(bucketLeaves(await bucketRootsAt(db, size))))).map(base64),
    },
    leaves: await Promise.all(leaves.map(async (leaf) => ({ leaf, body: base64(bodies.get(leaf) ?? Buffer.alloc(0)), inclusion: await include(leaf) }))),
  };
}

const base64 = (hash: Buffer): string => hash.toString('base64');

/** Nodes of a small tree that is all in memory. */
const over = (hashes: readonly Buffer[]): NodeSource => async (level, index) => rootOfHashes(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level));

/** Nodes of the stored tree; the tiles above these leaves are read at once. */
async function nodesAround(db: Queryable, leaves: readonly number[]): Promise<NodeSource> {
  const places = new Map(leaves.flatMap((leaf) => Array.from({ length: 7 }, (_, level) => {
    const index = Math.floor(leaf / TILE_WIDTH ** (level + 1));
    return [`${level}/${index}`, { level, index }] as const;
  })));
  const read = new Map((await tilesAt(db, [...places.values()])).map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
  return nodesOfTiles(async (level, index) => read.get(`${level}/${index}`) ?? (await tilesAt(db, [{ level, index }]))[0]?.hashes ?? Buffer.alloc(0));
}
