import type { Queryable, Tx } from './connect.ts';

export type StoredChain = { id: string; subject: Buffer; count: number; link: Buffer };
const columns = 'id, subject, count::float8 as count, link';

/** Chains of the subjects; those that were none begin, with the subject as their link 0. */
export async function chainsOf(tx: Tx, subjects: readonly Buffer[]): Promise<StoredChain[]> {
  await tx.query(
    `insert into ledger_chain (subject, link) select s, s from unnest($1::bytea[]) as s
      where not exists (select from ledger_chain c where c.subject = s)`, [subjects]);
  const { rows } = await tx.query<StoredChain>(`select ${columns} from ledger_chain where subject = any($1)`, [subjects]);
  return rows;
}

export type NewLink = { chain: string; n: number; leaf: number; hash: Buffer };

/** The links are on record, the chains stand at their new heads, and their buckets' roots are to be computed again. */
export async function extendChains(tx: Tx, links: readonly NewLink[], heads: readonly StoredChain[], buckets: readonly number[]): Promise<void> {
  await tx.query('insert into ledger_link (chain_id, n, leaf, hash) select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[])',
    [links.map((link) => link.chain), links.map((link) => link.n), links.map((link) => link.leaf), links.map((link) => link.hash)]);
  await tx.query(
    `update ledger_chain c set count = moved.count, link = moved.link from unnest($1::bigint[], $2::bigint[], $3::bytea[]) as moved (id, count, link) where c.id = moved.id`,
    [heads.map((head) => head.id), heads.map((head) => head.count), heads.map((head) => head.link)]);
  await tx.query(
    'insert into ledger_bucket (bucket) select unnest($1::int[]) on conflict (bucket) do update set root = null where ledger_bucket.root is not null', [buckets]);
}

/** Every bucket that has chains, with its root where that is known. */
export async function bucketRoots(db: Queryable): Promise<{ bucket: number; root: Buffer | null }[]> {
  return (await db.query<{ bucket: number; root: Buffer | null }>('select bucket, root from ledger_bucket')).rows;
}

export async function settleBuckets(tx: Tx, roots: readonly { bucket: number; root: Buffer }[]): Promise<void> {
  await tx.query('update ledger_bucket b set root = s.root from unnest($1::int[], $2::bytea[]) as s (bucket, root) where b.bucket = s.bucket',
    [roots.map((one) => one.bucket), roots.map((one) => one.root)]);
}

/** Heads of a bucket: the chains whose subject begins with its 12 bits. */
export async function bucketHeads(db: Queryable, bucket: number): Promise<StoredChain[]> {
  const bound = (n: number): Buffer => Buffer.from([n >> 4, (n & 15) << 4]);
  const last = bucket === 4_095;
  const { rows } = await db.query<StoredChain>(
    `select ${columns} from ledger_chain where subject >= $1 ${last ? '' : 'and subject < $2'} order by subject`,
    last ? [bound(bucket)] : [bound(bucket), bound(bucket + 1)]);
  return rows;
}

export async function chainWith(db: Queryable, subject: Buffer): Promise<StoredChain | undefined> {
  return (await db.query<StoredChain>(`select ${columns} from ledger_chain where subject = $1`, [subject])).rows[0];
}

export type StoredLink = { n: number; leaf: number; hash: Buffer };

export async function linksOf(db: Queryable, chain: string): Promise<StoredLink[]> {
  return (await db.query<StoredLink>('select n::float8 as n, leaf::float8 as leaf, hash from ledger_link where chain_id = $1 order by ledger_link.n', [chain])).rows;
}

/** Of these chains, those that have links from this leaf on. */
export async function chainsMovedSince(db: Queryable, chains: readonly string[], leaf: number): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `select c.id from unnest($1::bigint[]) as c (id) cross join lateral (
       select leaf from ledger_link l where l.chain_id = c.id order by n desc limit 1) as last where last.leaf >= $2`, [chains, leaf]);
  return new Set(rows.map((row) => row.id));
}
