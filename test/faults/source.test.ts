import { expect, test } from 'vitest';
import { whatIsWrong } from '../support/kill-trial.ts';
import { testProduct } from '../support/product.ts';

const product = await testProduct({ sandbox: { resourcesPerFile: 1_000 }, hydrate: [] });
const { sandbox, run, reconciled, db } = product;

/** What the run's row says, whatever its workflow said. */
const stateOf = async (): Promise<{ id: string; state: string; code: string | null }> => {
  const { rows: [row] } = await db.query<{ id: string; state: string; code: string | null }>(
    'select id, state, error_code as code from run order by id desc limit 1');
  return row ?? { id: '', state: 'none', code: null };
};

const troubles = [
  ['429, 500 and broken bodies in a fifth of all answers', [{ name: 'random-failures', share: 0.2, seed: 1 }]],
  ['the same, otherwise', [{ name: 'random-failures', share: 0.2, seed: 2 }]],
  ['429 and 500 to half of all downloads and polls', [{ name: 'random-failures', share: 0.5, seed: 5, kinds: ['429', '500'] }]],
  ['tokens that expire in the middle of a download', [{ name: 'token-expires-mid-download', times: 5 }]],
  ['tokens that live two seconds', [{ name: 'short-tokens', seconds: 2 }]],
  ['files whose last line breaks off', [{ name: 'truncated-last-line', type: 'Observation' }]],
  ['a web page in place of a file', [{ name: 'html-instead-of-ndjson', times: 2 }]],
] as const;

test.for(troubles)('%s: the run ends in a clear state and nothing is lost or counted twice', { timeout: 240_000 }, async ([, misbehaviours]) => {
  for (const one of misbehaviours) await sandbox.misbehave(one);
  await run({ since: '2020-01-01T00:00:00Z' }).catch(() => {});
  sandbox.behave();
  const { id, state, code } = await stateOf();
  const { rows: failed } = await db.query<{ code: string; n: number }>(
    `select error_code as code, count(*)::int as n from run_file where run_id = $1 and state = 'failed' group by 1`, [id]);
  console.log(`run ${id}: ${state}${code === null ? '' : `, ${code}`}${failed.map((one) => `; ${one.n} file(s) ${one.code}`).join('')}`);
  // What made a run less than complete is on record, under a code of the catalogue.
  expect(failed.every((one) => one.code.startsWith('ASSAY_'))).toBe(true);
  expect(['completed', 'completed-with-errors', 'failed']).toContain(state);
  if (state === 'failed') expect(code).toMatch(/^ASSAY_/);
  else expect((await reconciled(id)).balances).toBe(true);
});

test('after a run without trouble all that the EHR has is here, once', { timeout: 240_000 }, async () => {
  const { run: id, state } = await run({ since: '2020-01-01T00:00:00Z' });
  expect(state).toBe('completed');
  expect((await reconciled(id)).balances).toBe(true);
  expect(Object.entries(await whatIsWrong(product)).filter(([, count]) => count !== 0)).toEqual([]);
});
