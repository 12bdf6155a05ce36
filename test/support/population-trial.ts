import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Purpose } from '../../terms/purpose.ts';
import type { Database } from '../../storage/connect.ts';
import type { Reconciliation } from '../../storage/reconciliation.ts';
import { whatIsWrong } from './kill-trial.ts';
import type { Product } from './product.ts';
import { readFeed } from './read-feed.ts';

/** ../shared/synthea/us-core-6.1.0: 34 patients, 55,038 resources. */
export const populationData = join(import.meta.dirname, '..', '..', '..', 'shared', 'synthea', 'us-core-6.1.0');

export type Governed = {
  readonly state: string; readonly seconds: number; readonly peak: number;
  readonly reconciliation: Reconciliation;
  /** Lines that the EHR served, those that are no resource included. */
  readonly lines: number;
  readonly wrong: Readonly<Record<string, number>>;
  /** SHA-256, hex, of what the EHR serves, by type and id. */
  readonly served: Readonly<Record<string, string>>;
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** One governed run of all that the product's EHR has. */
export async function governPopulation(product: Product): Promise<Governed> {
  const began = performance.now();
  const { run, state } = await product.run();
  const seconds = (performance.now() - began) / 1000;
  const { store } = product.sandbox;
  const heads = store.types().flatMap((type) => [...store.current(type)]);
  return {
    state, seconds, peak: await product.worker.peak(), reconciliation: await product.reconciled(run), wrong: await whatIsWrong(product),
    lines: heads.length + store.looseLines.length + store.exportedInFull.size,
    served: Object.fromEntries(heads.map(({ type, id, bytes }) => [`${type}/${id}`, sha256(bytes ?? Buffer.alloc(0))])),
  };
}

export type FeedCompared = {
  readonly entries: number;
  /** What must be empty, by type and id: entries that are no release, twice, not in the released set, missing from it, or with other bytes than served. */
  readonly wrong: readonly string[];
};

/** A purpose's feed, read over HTTP, against the released set and the bytes that the EHR served. */
export async function feedAgainstServed(db: Database, purpose: Purpose, served: Governed['served']): Promise<FeedCompared> {
  const { rows } = await db.query<{ key: string }>(
    `select v.type || '/' || v.logical_id as key from version v join verdict d on d.version_id = v.id and d.current
      where v.head and not v.deletion and $1 = any (d.purposes) and d.outcome in ('release', 'release-with-flags')`, [purpose]);
  const missing = new Set(rows.map(({ key }) => key));
  const wrong: string[] = [];
  const lines = await readFeed(db, purpose);
  for (const { kind, type, id, value } of lines) {
    const key = `${type}/${id}`;
    const good = missing.delete(key) && kind === 'release' && value !== undefined && sha256(Buffer.from(value)) === served[key];
    if (!good) wrong.push(key);
  }
  return { entries: lines.length, wrong: [...wrong, ...missing] };
}
