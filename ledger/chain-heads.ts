import { bucketHeads, bucketRoots, settleBuckets } from '../storage/ledger-chains.ts';
import type { Tx } from '../storage/connect.ts';
import { bucketRoot, headsRoot } from './verify/chains.ts';

/** The root over all chain heads; buckets that moved are computed again. */
export async function currentHeadsRoot(tx: Tx): Promise<Buffer> {
  const stored = await bucketRoots(tx);
  const settled: { bucket: number; root: Buffer }[] = [];
  for (const { bucket, root } of stored) {
    if (root === null) settled.push({ bucket, root: bucketRoot(await bucketHeads(tx, bucket)) });
  }
  if (settled.length > 0) await settleBuckets(tx, settled);
  const fresh = new Map(settled.map(({ bucket, root }) => [bucket, root]));
  return headsRoot(new Map(stored.map(({ bucket, root }) => [bucket, root ?? fresh.get(bucket)!])));
}
