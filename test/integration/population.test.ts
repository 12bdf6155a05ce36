import { expect, test } from 'vitest';
import { join } from 'node:path';
import { whatIsWrong } from '../support/kill-trial.ts';
import { purposes } from '../../terms/purpose.ts';
import { testProduct } from '../support/product.ts';
import { readFeed } from '../support/read-feed.ts';
import { requireForFile } from '../support/require.ts';

const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'synthea', 'us-core-6.1.0');

/** As a proof every purpose's feed is read, in CI two of them. */
const read = (process.env['ASSAY_PROOF'] ?? '') === '' ? ['care', 'training'] as const : purposes;

if (requireForFile('synthea')) {
  const product = await testProduct({ sandbox: { data, defects: true } });

  test('a whole population goes through, and every resource is accounted for', { timeout: 600_000 }, async () => {
    const began = performance.now();
    const { run, state } = await product.run();
    const seconds = (performance.now() - began) / 1000;
    const { received, became, balances, purposes } = await product.reconciled(run);
    console.log(`PROOF ${received.exported} resources in ${seconds.toFixed(0)} s (${(received.exported / seconds).toFixed(0)}/s), worker's peak ${((await product.worker.peak()) / 2 ** 20).toFixed(0)} MiB`,
      JSON.stringify({ received, became, purposes }));
    expect(state).toBe('completed');
    expect(balances).toBe(true);
    const served = product.sandbox.store.types().reduce((total, type) => total + [...product.sandbox.store.current(type)].length, 0);
    expect(received.exported).toBe(served + product.sandbox.store.looseLines.length);
    expect(received.exported).toBeGreaterThan(55_000);
    expect(Object.entries(await whatIsWrong(product)).filter(([, count]) => count !== 0)).toEqual([]);
  });

  test.for(read)('the feed for %s is the released set, byte for byte as the EHR serves it', { timeout: 300_000 }, async (purpose) => {
    const { db, sandbox } = product;
    const { rows: released } = await db.query<{ key: string }>(
      `select v.type || '/' || v.logical_id as key from version v join verdict d on d.version_id = v.id and d.current
        where v.head and not v.deletion and $1 = any (d.purposes) and d.outcome in ('release', 'release-with-flags')`, [purpose]);
    const lines = await readFeed(db, purpose);
    const carried = lines.map(({ type, id }) => `${type}/${id}`);
    expect(lines.filter(({ kind }) => kind !== 'release')).toEqual([]);
    expect(carried.length).toBeGreaterThan(50_000);
    expect(new Set(carried).size).toBe(carried.length);
    expect(carried.sort()).toEqual(released.map(({ key }) => key).sort());
    const different = lines.filter(({ type, id, value }) => value === undefined || sandbox.store.head(type, id)?.bytes?.equals(Buffer.from(value)) !== true);
    expect(different.map(({ type, id }) => `${type}/${id}`)).toEqual([]);
    console.log(`PROOF ${purpose}: ${lines.length} entries, each equal to what the EHR serves`);
  });
}
