import type { Queryable } from '../storage/connect.ts';
import { bucketHeads, bucketRoots, chainsMovedSince, linksOf } from '../storage/ledger-chains.ts';
import { bucketRoot, nextLink, type ChainHead } from './verify/chains.ts';

/** Heads of a bucket as they were when the tree had `size` leaves, sorted by subject; chains that began later are not among them. */
export async function headsAt(db: Queryable, bucket: number, size: number): Promise<ChainHead[]> {
  const chains = await bucketHeads(db, bucket);
  const moved = await chainsMovedSince(db, chains.map((chain) => chain.id), size);
  const heads: ChainHead[] = [];
  for (const chain of chains) {
    const links = moved.has(chain.id) ? (await linksOf(db, chain.id)).filter((link) => link.leaf < size) : undefined;
    if (links === undefined) heads.push(chain);
    else if (links.length > 0) heads.push({ subject: chain.subject, count: links.length, link: links.reduce<Buffer>((link, { leaf, hash }) => nextLink(link, leaf, hash), chain.subject) });
  }
  return heads;
}

/** Roots of all buckets at the newest checkpoint's size; they are kept where nothing moved since. */
export async function bucketRootsAt(db: Queryable, size: number): Promise<Map<number, Buffer>> {
  const roots = new Map<number, Buffer>();
  for (const { bucket, root } of await bucketRoots(db)) roots.set(bucket, root ?? bucketRoot(await headsAt(db, bucket, size)));
  return roots;
}
