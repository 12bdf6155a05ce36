import { afterAll, expect, test } from 'vitest';
import { askCase } from '../../apps/temporal/cases.ts';
import { buildWebIfStale } from '../../console/web/build.ts';
import { accessibilityFindings, keepScreenshot, openBrowser, openPage, type OpenPage } from '../support/browser.ts';
import { caseWorker } from '../support/case-worker.ts';
import { testDatabase } from '../support/database.ts';
import { feedSays, finding, heldCase } from '../support/held-cases.ts';
import { requireForFile } from '../support/require.ts';
import { signedInApi } from '../support/sign-in.ts';
import { testTemporal } from '../support/temporal.ts';

if (requireForFile('chromium')) {
  const { db } = await testDatabase();
  const temporal = await testTemporal();
  const stop = await caseWorker(temporal, db, 4);
  const api = await signedInApi(db, { webRoot: await buildWebIfStale(), askCase: (exception, command) => askCase(temporal.client, exception, command) });
  const browser = await openBrowser();
  afterAll(async () => { await api.stop(); await stop(); });

  /** Signs in as the sandbox's page offers it, by keyboard. */
  async function signIn(page: OpenPage, name: RegExp): Promise<void> {
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in', exact: true }).focus();
    await page.keyboard.press('Enter');
    await choose(page, name);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  }
  async function choose(page: OpenPage, name: RegExp): Promise<void> {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  }

  test('a steward’s morning: signed in, 20 cases by keyboard alone', async () => {
    const held: { exception: string; source: string }[] = [];
    for (let n = 0; n < 21; n++) held.push(await heldCase(db, [`r${n}`], { priority: 5 }, finding('value-blood-pressure', `department ${n}`)));
    const page = await openPage(browser, api.url);
    await signIn(page, /Mara Lindqvist/);
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.locator('a.opener').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    for (let n = 0; n < 20; n++) {
      await page.getByRole('form', { name: 'Decide' }).waitFor();
      const title = await page.locator('h1').textContent();
      await page.keyboard.press('1');
      await page.locator('dl.read').first().waitFor();
      await page.keyboard.press(n % 2 === 0 ? 'r' : 'o');
      await page.keyboard.type('Seen in the chart.');
      if (n === 0) {
        await keepScreenshot(page, 'deciding');
        expect(await page.locator('mark').textContent()).toBe('71.2 cm');
        expect(await accessibilityFindings(page)).toEqual([]);
      }
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      if (n === 0) {
        await keepScreenshot(page, 'undo');
        await page.keyboard.press('z');
        await page.getByText('undid the decision').waitFor();
        await page.keyboard.press('r');
        await page.keyboard.type('After all.');
        await page.keyboard.press('Control+Enter');
        await page.getByRole('button', { name: 'Undo' }).waitFor();
      }
      await page.keyboard.press('n');
      await expect.poll(() => page.locator('h1').textContent()).not.toBe(title);
    }
    await expect.poll(async () => (await Promise.all(held.map(({ source }) => feedSays(db, source)))).flat().length, { timeout: 10_000 }).toBe(10);
    const effective = async () => (await db.query<{ n: number }>(`select count(*)::int as n from decision where state = 'effective'`)).rows[0]?.n;
    await expect.poll(effective, { timeout: 10_000 }).toBe(20);
    expect(page.complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('four eyes to release: two people sign, the second blind; then it is reversed', async () => {
    const { exception, source } = await heldCase(db, ['a'], { priority: 1 }, finding('value-blood-pressure', 'four eyes'));
    const view = async (page: OpenPage, name: RegExp, reason: string): Promise<void> => {
      await page.goto(`/queue/${exception}`);
      await page.getByRole('form', { name: 'Decide' }).waitFor();
      await page.keyboard.press('r');
      await page.keyboard.type(reason);
      await page.keyboard.press('Control+Enter');
      // A full sign-in, and back with what was written.
      await choose(page, name);
      await page.getByRole('form', { name: 'Decide' }).waitFor();
      expect(await page.getByLabel('Why').inputValue()).toBe(reason);
      await page.getByRole('form', { name: 'Decide' }).getByRole('button', { name: /^Sign/ }).click();
    };
    const mara = await openPage(browser, api.url);
    await signIn(mara, /Mara Lindqvist/);
    await view(mara, /Mara Lindqvist/, 'The first reason.');
    await mara.getByText('You have given the first view').waitFor();
    const grace = await openPage(browser, api.url);
    await signIn(grace, /Grace Mbeki/);
    await grace.goto(`/queue/${exception}`);
    await grace.getByText('A colleague has given a first view').waitFor();
    expect(await grace.content()).not.toContain('The first reason.');
    await keepScreenshot(grace, 'second-person');
    await view(grace, /Grace Mbeki/, 'My own reason.');
    await grace.getByText('decided', { exact: false }).first().waitFor();
    await expect.poll(() => feedSays(db, source), { timeout: 10_000 }).toHaveLength(1);
    await grace.reload();
    await grace.getByLabel('Other moves').selectOption('reverse');
    await grace.getByLabel('What you want to say').fill('The wrong arm.');
    await grace.getByRole('button', { name: 'Reverse the decision' }).click();
    await choose(grace, /Grace Mbeki/);
    await grace.getByLabel('Other moves').selectOption('reverse');
    await grace.getByLabel('What you want to say').fill('The wrong arm.');
    await grace.getByRole('button', { name: 'Reverse the decision' }).click();
    await expect.poll(() => feedSays(db, source), { timeout: 10_000 }).toHaveLength(2);
    await grace.getByText('took the decision back').waitFor();
    await keepScreenshot(grace, 'reversed');
    await mara.context().close();
    await grace.context().close();
  }, 60_000);

  test('several together, after opening some; patient safety is left out and said so', async () => {
    const urgent = await heldCase(db, ['u'], { priority: 1, dueDays: 1 }, finding('time-future', 'urgent'));
    const plain: { exception: string }[] = [];
    for (let n = 0; n < 3; n++) plain.push(await heldCase(db, [`b${n}`], { dueDays: 2 }, finding('time-future', `department ${n}`)));
    const page = await openPage(browser, api.url);
    await signIn(page, /Mara Lindqvist/);
    await page.goto('/queue?rule=time-future');
    await page.locator('a.opener').nth(3).waitFor();
    for (let n = 0; n < 4; n++) {
      await page.keyboard.press('j');
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-place'))).toBe(String(n));
      await page.keyboard.press('s');
    }
    await page.getByRole('button', { name: 'Decide 4 cases together' }).click();
    await page.getByText('1 patient safety is decided one by one').waitFor();
    await keepScreenshot(page, 'together');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Keep out').check();
    await page.getByLabel('Why').fill('Known clock fault of the device.');
    for (let n = 0; n < 3; n++) await page.getByRole('button', { name: 'Open the record' }).first().click();
    await page.getByText('You have opened the records').waitFor();
    await page.getByRole('button', { name: 'Decide 3 cases' }).click();
    await page.getByText('3 cases decided').waitFor();
    const { rows } = await db.query<{ exception: string }>(`select exception_id as exception from decision where bulk_id is not null order by 1`);
    expect(rows.map((row) => row.exception).sort()).toEqual(plain.map((one) => one.exception).sort());
    expect(rows.map((row) => row.exception)).not.toContain(urgent.exception);
    await page.context().close();
  }, 60_000);
}
