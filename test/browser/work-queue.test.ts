import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { buildWebIfStale } from '../../console/web/build.ts';
import { accessibilityFindings, keepScreenshot, openBrowser, openPage } from '../support/browser.ts';
import { consoleApi } from '../support/console-api.ts';
import { recordDay } from '../support/console-day.ts';
import { testDatabase } from '../support/database.ts';
import { requireForFile } from '../support/require.ts';

if (requireForFile('chromium')) {
  const { db } = await testDatabase();
  // 7 rules × 12 causes: more than a page of 50.
  await recordDay(db, 12);
  const api = await consoleApi(db, { webRoot: await buildWebIfStale() });
  await api.listen({ host: '127.0.0.1', port: 0 });
  const at = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`;
  const browser = await openBrowser();
  afterAll(() => api.close());

  test('the queue is worked by keyboard alone', async () => {
    const page = await openPage(browser, at);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.locator('a.opener').first().waitFor();
    const focused = (): Promise<number> => page.evaluate(() => Number(document.activeElement?.getAttribute('data-place') ?? -1));
    for (const [key, wanted] of [['j', 0], ['j', 1], ['j', 2], ['k', 1]] as const) {
      await page.keyboard.press(key);
      await expect.poll(focused).toBe(wanted);
    }
    await keepScreenshot(page, 'queue-focused');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Case \d+$/ }).waitFor();
    await page.keyboard.press('u');
    await page.locator('a.opener').first().waitFor();
    // Past the end of the first page the next one comes by itself.
    for (let n = 0; n < 60; n++) await page.keyboard.press('j', { delay: 25 });
    await expect.poll(() => page.locator('table[aria-rowcount]').getAttribute('aria-rowcount')).toBe('84');
    await expect.poll(focused).toBeGreaterThan(48);
    expect(page.complaints).toEqual([]);
    await page.context().close();
  });

  test('/ goes to the filters, which live in the address and survive a reload', async () => {
    const page = await openPage(browser, at);
    await page.goto('/queue');
    await page.locator('a.opener').first().waitFor();
    // The page listens a moment after it shows.
    await expect.poll(async () => {
      await page.keyboard.press('/');
      return page.evaluate(() => (document.activeElement as HTMLSelectElement).labels?.[0]?.textContent);
    }).toBe('What is wrong');
    await page.keyboard.type('Diast');
    await page.getByText('12 of 84 cases').waitFor();
    expect(new URL(page.url()).search).toBe('?rule=value-blood-pressure');
    await page.reload();
    await page.getByText('12 of 84 cases').waitFor();
    expect(await page.locator('a.opener').count()).toBe(12);
    await page.locator('h1').click();
    await page.keyboard.press('x');
    await page.getByText('84 cases', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.context().close();
  });

  test('? shows the keys; they can be switched off, and stay so', async () => {
    const page = await openPage(browser, at);
    await page.goto('/queue');
    await page.locator('a.opener').first().waitFor();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard' });
    await dialog.waitFor();
    await keepScreenshot(page, 'keys');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('switch', { name: 'Single-key shortcuts' }).setChecked(false, { force: true });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.reload();
    await page.locator('a.opener').first().waitFor();
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    await page.context().close();
  });

  test('“Run now” starts a run, which shows itself as it goes', async () => {
    const page = await openPage(browser, at);
    await page.goto('/');
    await page.getByRole('button', { name: 'Run now lakeside' }).click();
    const card = page.getByRole('region', { name: 'lakeside' });
    await card.getByText('Asking the source for its records').waitFor();
    expect(await card.getByRole('button').isDisabled()).toBe(true);
    await db.query(`update run set phase = 'assess' where state = 'running' and source_id = (select id from source where name = 'lakeside')`);
    await card.getByText('Checking each patient’s records').waitFor();
    await db.query(`update run set state = 'completed', phase = 'done', finished_at = now() where state = 'running' and source_id = (select id from source where name = 'lakeside')`);
    await card.getByText('Completed').waitFor();
    expect(await card.getByRole('button').isEnabled()).toBe(true);
    await page.context().close();
  });
}
