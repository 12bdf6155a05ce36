import { expect, test } from 'vitest';
import { feedAgainstServed, governPopulation, populationData, type Governed } from '../support/population-trial.ts';
import { testProduct } from '../support/product.ts';
import { requireForFile } from '../support/require.ts';

if (requireForFile('synthea')) {
  const product = await testProduct({ sandbox: { data: populationData, defects: true } });
  let governed: Governed | undefined;

  test('a whole population goes through, and every resource is accounted for', { timeout: 600_000 }, async () => {
    governed = await governPopulation(product);
    const { state, seconds, peak, lines, wrong, reconciliation: { received, balances } } = governed;
    console.log(`${received.exported} resources in ${seconds.toFixed(0)} s (${(received.exported / seconds).toFixed(0)}/s), worker's peak ${(peak / 2 ** 20).toFixed(0)} MiB`);
    expect(state).toBe('completed');
    expect(balances).toBe(true);
    expect(received.exported).toBe(lines);
    expect(received.exported).toBeGreaterThan(55_000);
    expect(Object.entries(wrong).filter(([, count]) => count !== 0)).toEqual([]);
  });

  // As a proof all five (test/proofs/population.ts).
  test.for(['care', 'training'] as const)('the feed for %s is the released set, byte for byte as the EHR serves it', { timeout: 300_000 }, async (purpose) => {
    const { entries, wrong } = await feedAgainstServed(product.db, purpose, governed?.served ?? {});
    expect(entries).toBeGreaterThan(50_000);
    expect(wrong).toEqual([]);
  });
}
