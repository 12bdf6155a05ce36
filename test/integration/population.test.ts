import { expect, test } from 'vitest';
import { join } from 'node:path';
import { whatIsWrong } from '../support/kill-trial.ts';
import { testProduct } from '../support/product.ts';
import { requireForFile } from '../support/require.ts';

const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'synthea', 'us-core-6.1.0');

if (requireForFile('synthea')) {
  const product = await testProduct({ sandbox: { data, defects: true } });

  test('a whole population goes through, and every resource is accounted for', { timeout: 600_000 }, async () => {
    const began = performance.now();
    const { run, state } = await product.run();
    const seconds = (performance.now() - began) / 1000;
    const { received, became, balances, purposes } = await product.reconciled(run);
    console.log(`${received.exported} resources in ${seconds.toFixed(0)} s (${(received.exported / seconds).toFixed(0)}/s), worker's peak ${((await product.worker.peak()) / 2 ** 20).toFixed(0)} MiB`,
      JSON.stringify({ received, became, purposes }));
    expect(state).toBe('completed');
    expect(balances).toBe(true);
    const served = product.sandbox.store.types().reduce((total, type) => total + [...product.sandbox.store.current(type)].length, 0);
    expect(received.exported).toBe(served + product.sandbox.store.looseLines.length);
    expect(received.exported).toBeGreaterThan(55_000);
    expect(Object.entries(await whatIsWrong(product)).filter(([, count]) => count !== 0)).toEqual([]);
  });
}
