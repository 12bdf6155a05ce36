import type { AddressInfo } from 'node:net';
import type { Download } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { buildWebIfStale } from '../../console/web/build.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { verifyArchive } from '../../ledger/verify/archive.ts';
import { checkAnswerProof, type AnswerProof } from '../../ledger/verify/answer-proof.ts';
import { verifierKey } from '../../ledger/verify/note.ts';
import { accessibilityFindings, keepScreenshot, openBrowser, openPage } from '../support/browser.ts';
import { consoleApi } from '../support/console-api.ts';
import { testDatabase } from '../support/database.ts';
import { ledgerHistory } from '../support/ledger-history.ts';
import { requireForFile } from '../support/require.ts';

async function bytesOf(download: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

if (requireForFile('chromium')) {
  const { db } = await testDatabase();
  const ledger = await ledgerHistory(db, 4, 2);
  afterAll(ledger.remove);
  await makeCheckpoint(ledger.signing);
  const source = (await db.query<{ name: string }>('select name from source')).rows[0]!.name;
  const api = await consoleApi(db, { ledgerKey: async () => ledger.signing.key, webRoot: await buildWebIfStale() });
  await api.listen({ host: '127.0.0.1', port: 0 });
  const browser = await openBrowser();
  afterAll(() => api.close());

  test('from a patient to the proof in four clicks, and the proof that is saved holds', async () => {
    const page = await openPage(browser, `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`);
    await page.goto('/');
    await page.getByRole('link', { name: 'Audit', exact: true }).click(); // 1
    await page.getByLabel('The source’s name').fill(source);
    await page.getByLabel('The patient’s id at the source').fill('p0');
    await page.getByRole('button', { name: 'Ask' }).click(); // 2
    await page.getByRole('columnheader', { name: 'Given to' }).waitFor();
    await page.getByRole('button', { name: 'Show the proof' }).click(); // 3
    await page.getByText('events touched this patient').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the proof' }).click(); // 4
    const verdict = checkAnswerProof(JSON.parse((await bytesOf(await saving)).toString('utf8')) as AnswerProof, [verifierKey('hospital.example/assay', ledger.signing.key)]);
    expect(verdict.troubles).toEqual([]);
    expect(verdict.links).toBeGreaterThan(3);
    const exporting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export everything' }).click();
    const archive = await exporting;
    expect(archive.suggestedFilename()).toBe('governance-export.tar');
    expect((await verifyArchive(await bytesOf(archive), [verifierKey('hospital.example/assay', ledger.signing.key)])).troubles).toEqual([]);
    const bundling = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as FHIR' }).click();
    expect(JSON.parse((await bytesOf(await bundling)).toString('utf8'))).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    await keepScreenshot(page, 'audit');
    await page.context().close();
  });

  test('of a consumer, unchanged since a day: the proof is shown in words, and the file holds', async () => {
    const page = await openPage(browser, `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`);
    await page.goto('/audit');
    await page.getByRole('link', { name: 'Prove', exact: true }).click();
    const [name, since] = [page.getByLabel('Name', { exact: false }), page.getByLabel('Unchanged since')];
    await name.fill('sepsis');
    await since.fill('2020-01-01');
    await page.getByRole('button', { name: 'Show the proof' }).click();
    await page.getByText('touched the consumer sepsis').waitFor();
    await page.getByText('Nothing was signed before that day').waitFor();
    await since.fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Show the proof' }).click();
    await page.getByText('is the beginning of').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the proof' }).click();
    const proof = JSON.parse((await bytesOf(await saving)).toString('utf8')) as AnswerProof;
    expect(proof.older).toBeDefined();
    expect(checkAnswerProof(proof, [verifierKey('hospital.example/assay', ledger.signing.key)]).troubles).toEqual([]);
    await name.fill('nobody');
    await page.getByRole('button', { name: 'Show the proof' }).click();
    await page.getByRole('alert').waitFor();
    await page.context().close();
  });
}
