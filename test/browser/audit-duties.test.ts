import { afterAll, expect, test } from 'vitest';
import { retractionDeps } from '../../apps/product/duties.ts';
import { buildWebIfStale } from '../../console/web/build.ts';
import { settleRetractions } from '../../pipelines/retraction/retract.ts';
import { asQuery } from '../../ledger/as-query.ts';
import { verifyStore } from '../../ledger/verify/store.ts';
import { accessibilityFindings, keepScreenshot, openBrowser, openPage, type OpenPage } from '../support/browser.ts';
import { testDatabase } from '../support/database.ts';
import { ledgerHistory } from '../support/ledger-history.ts';
import { requireForFile } from '../support/require.ts';
import { signedInApi } from '../support/sign-in.ts';

if (requireForFile('chromium')) {
  const { db } = await testDatabase();
  const ledger = await ledgerHistory(db, 5, 0);
  afterAll(ledger.remove);
  const { token } = await ledger.history.consumer('cohort');
  await ledger.history.govern([{ type: 'Patient', id: 'q' }, { type: 'Observation', id: 'q1', patient: 'q' }]);
  await ledger.history.read(token);
  const source = (await db.query<{ name: string }>('select name from source')).rows[0]!.name;
  const api = await signedInApi(db, { webRoot: await buildWebIfStale() });
  afterAll(() => api.stop());
  const browser = await openBrowser();

  async function as(name: RegExp): Promise<OpenPage> {
    const page = await openPage(browser, api.url);
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    return page;
  }
  async function fill(page: OpenPage, form: string, words: Record<string, string>, button: string): Promise<void> {
    const within = page.getByRole('form', { name: form });
    for (const [label, value] of Object.entries(words)) {
      const field = within.getByLabel(label, { exact: false }).first();
      if (await field.evaluate((node) => node.tagName) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
    await within.getByRole('button', { name: button }).press('Enter');
  }

  test('a privacy officer takes a patient’s records back, with a preview, and sees the loop close', async () => {
    const page = await as(/Paul Weiss/);
    await page.goto('/audit');
    await page.getByRole('link', { name: 'Take back' }).click();
    await fill(page, 'What is to be taken back?', { 'What': 'patient', 'Which': 'q', 'Source': source }, 'Show what would be taken back');
    await page.getByText('cohort was given 2').waitFor();
    await fill(page, 'Take it back', { 'Why': 'The export mixed two persons.' }, 'Take back 10 entries');
    await page.getByText('is on record; a worker takes the entries back').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await settleRetractions(retractionDeps(db)); // the worker's turn
    await page.reload();
    await page.getByRole('cell', { name: 'cohort' }).first().waitFor();
    const head = (await db.query<{ n: number }>('select n::int from feed_head')).rows[0]!.n;
    expect(await ledger.history.acknowledge(token, 'care', head)).toBe(204);
    await page.reload();
    await page.getByText('None on record.').waitFor(); // nobody owes an answer
    await keepScreenshot(page, 'audit-take-back');
    await page.context().close();
  });

  test('an amendment is asked for and denied; a hold stops a destruction, and lifted lets it through', async () => {
    const page = await as(/Grace Mbeki/);
    await page.goto('/audit/amendments');
    await fill(page, 'A patient asks', { 'Source': source, 'Patient’s id': 'q', 'Records': 'Observation/q1', 'What the patient asks for': 'It was the left side.' }, 'Record the request');
    await page.getByText('Request 1 is on record.').waitFor();
    await fill(page, 'What became of it', { 'Request': '1', 'Step': 'denied', 'What was said': 'The record is right.' }, 'Record it and tell recipients');
    await page.getByText('1 recipient is told').waitFor();
    await fill(page, 'What became of it', { 'Request': '1', 'Step': 'rebuttal', 'What was said': 'No.' }, 'Record it and tell recipients');
    await page.getByText('This step does not follow').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreenshot(page, 'audit-amendments');

    await page.getByRole('link', { name: 'Keep and destroy' }).click();
    await fill(page, 'Set a retention schedule', { 'Name': 'adults', 'Years': '0', 'The law': 'For this journey.' }, 'Set the schedule');
    await page.getByText('The schedule is in force.').waitFor();
    await page.getByRole('cell', { name: 'For this journey.' }).waitFor();
    await fill(page, 'Place a legal hold', { 'Source': source, 'Patient’s id': 'q', 'Why': 'A suit is pending.' }, 'Place the hold');
    await page.getByText('The hold is on the record.').waitFor();
    const destroying = { 'Source': source, 'Patient’s id': 'q', 'Retention schedule': 'adults' };
    await fill(page, 'Destroy a patient’s records', destroying, 'Show what would be destroyed');
    await page.getByText('A legal hold is on this record').waitFor();
    await fill(page, 'Lift it', { 'Source': source, 'Patient’s id': 'q' }, 'Lift the hold');
    await page.getByText('1 lifted.').waitFor();
    await fill(page, 'Destroy a patient’s records', destroying, 'Show what would be destroyed');
    await fill(page, 'Destroy it', { 'Why': 'The time is over.', 'The patient’s id again': 'p' }, 'Destroy, for good');
    await page.getByText('nothing was destroyed').waitFor();
    await fill(page, 'Destroy it', { 'The patient’s id again': 'q' }, 'Destroy, for good');
    await page.getByText('Certificate 1: 2 versions').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreenshot(page, 'audit-keeping');
    expect((await verifyStore({ query: asQuery(db) })).troubles).toEqual([]);
    await page.context().close();
  });

  test('an accounting is suspended; an auditor reads all of it and does nothing', async () => {
    const page = await as(/Paul Weiss/);
    await page.goto('/audit/disclosures');
    await fill(page, 'Who is a consumer in law?', { 'Consumer': 'cohort', 'Relation': 'disclosure', 'Name in law': 'Cohort, Inc.', 'Address': '1 Main St', 'Purpose': 'study 7', 'Legal basis': '164.512(i)' }, 'Record it');
    await page.getByRole('cell', { name: 'Cohort, Inc.' }).waitFor();
    await fill(page, 'Suspend the accounting', { 'Consumer': 'cohort', 'Last day': '2999-01-01', 'Who asked': 'The inspector.' }, 'Suspend it');
    await page.getByText('after 30 days at most').waitFor();
    await fill(page, 'Suspend the accounting', { 'The agency asked': 'yes' }, 'Suspend it');
    await page.getByRole('cell', { name: 'The inspector.' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.context().close();
    const auditor = await as(/Omar Haddad/);
    await auditor.goto('/audit/disclosures');
    await auditor.getByText('You may read what they did.').waitFor();
    await auditor.getByRole('cell', { name: 'The inspector.' }).waitFor();
    expect(await auditor.getByRole('form').count()).toBe(0);
    await auditor.context().close();
  });
}
