import { randomBytes } from 'node:crypto';
import { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { dataConverter } from '../../apps/temporal/data-converter.ts';
import { startRun } from '../../apps/temporal/runs.ts';
import { allHistories } from '../support/histories.ts';
import { testProduct } from '../support/product.ts';

const key = randomBytes(32);
const { temporal, source, reconciled, db } = await testProduct({ env: { ASSAY_PAYLOAD_KEY: key.toString('base64') } });
const { connection, options: { namespace } } = temporal;
const withKey = new Client({ connection, namespace, dataConverter: dataConverter(key) });
const ended = await (await startRun(withKey, source, { types: ['Patient'] })).ended();

type Payload = { metadata?: { encoding?: string }; data?: string };
const payloads = (value: unknown): Payload[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'metadata' in value && 'data' in value ? [value as Payload] : [];
  return [...own, ...Object.values(value).flatMap(payloads)];
};

/** A patch of governRun, a schedule of ours, or the time at which it was due. */
const namesOfTheProgram = /^(\{"id":"(population-scope|scores)","deprecated":false\}|\["(population-scope|scores)-?"(,"(population-scope|scores)-?")*\]|"sweep-exceptions"|"\d{4}-\d\d-\d\dT[\d:.]+Z")$/;

test('with a key the run goes as without', async () => {
  expect(ended.state).toBe('completed');
  expect((await reconciled(ended.run)).balances).toBe(true);
  const { rows } = await db.query(`select 1 from feed_entry where kind = 'release' and type = 'Patient'`);
  expect(rows.length).toBeGreaterThan(0);
});

test('what Temporal keeps is encrypted: inputs, results and failures', async () => {
  const histories = await allHistories(temporal);
  expect(histories.length).toBeGreaterThan(0);
  const all = payloads(histories.map(({ history }) => history));
  expect(all.length).toBeGreaterThan(20);
  const open = all.filter(({ metadata }) => Buffer.from(metadata?.encoding ?? '', 'base64').toString() !== 'binary/encrypted');
  // Temporal never encrypts its patch markers and search attributes: ours say names that stand in the code, and times.
  expect(open.map(({ data }) => Buffer.from(data ?? '', 'base64').toString()).filter((text) => !namesOfTheProgram.test(text))).toEqual([]);
  for (const { text } of histories) expect(text).not.toContain('"types"');
});

test('another key reads nothing of it', async () => {
  const stranger = new Client({ connection, namespace, dataConverter: dataConverter(randomBytes(32)) });
  await expect(stranger.workflow.getHandle(`run-of-source-${source}`).result()).rejects.toThrow();
  await expect(withKey.workflow.getHandle(`run-of-source-${source}`).result()).resolves.toMatchObject({ state: 'completed' });
});
