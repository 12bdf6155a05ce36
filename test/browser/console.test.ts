import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWebIfStale } from '../../console/web/build.ts';
import { accessibilityFindings, keepScreenshot, openBrowser, openPage, type OpenPage } from '../support/browser.ts';
import { consoleApi } from '../support/console-api.ts';
import { recordDay } from '../support/console-day.ts';
import { testDatabase } from '../support/database.ts';
import { requireForFile } from '../support/require.ts';

if (requireForFile('chromium')) {
  const { db } = await testDatabase();
  const day = await recordDay(db);
  const api = await consoleApi(db, { webRoot: await buildWebIfStale() });
  await api.listen({ host: '127.0.0.1', port: 0 });
  const at = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`;
  const browser = await openBrowser();
  afterAll(() => api.close());

  const screens: readonly (readonly [string, string, string])[] = [
    ['overview', '/', 'lakeside'], ['queue', '/queue', 'Patient safety'], ['queue-empty', '/queue?source=nowhere', 'No case fits'],
    ['case', '/queue/1', 'Records in this case'], ['runs', '/runs', 'Quarantined'], ['run-complete', `/runs/${day.complete}`, 'It balances'],
    ['run-troubled', `/runs/${day.troubled}`, 'MedicationRequest is missing'], ['run-going', `/runs/${day.going}`, 'still going'],
    ['run-unknown', '/runs/999', 'No run has this number'], ['feeds', '/published', 'How to read a feed'], ['quality', '/quality', 'Settled by machine'], ['oversight', '/oversight', 'Attention'],
    ['queue-by-rule', '/queue?group=rule', 'Grouped by'], ['policy', '/policy', 'What is done with each finding'], ['desk', '/desk', 'Nobody is signed in'],
    ['rules', '/rules', 'Diastolic above systolic'], ['lineage', '/lineage?source=lakeside&type=Encounter&id=t5-0', 'Received'], ['packet', '/packet/1', 'The question'],
  ];
  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    let page: OpenPage;
    beforeAll(async () => { page = await openPage(browser, at, { colorScheme }); });
    afterAll(() => page.context().close());
    test.each(screens)('%s is accessible and runs without a complaint', async (name, path, shows) => {
      await page.goto(path);
      await page.getByText(shows).filter({ visible: true }).first().waitFor();
      await keepScreenshot(page, `${name}-${colorScheme}`);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(page.complaints.filter((one) => !/status of 404/.test(one))).toEqual([]);
    });
  });

  const zoomed = openPage(browser, at, { viewport: { width: 640, height: 430 } });
  test.each(screens)('%s fits when zoomed to twice its size: nothing but tables scrolls sideways', async (name, path, shows) => {
    const page = await zoomed;
    await page.goto(path);
    await page.getByText(shows).filter({ visible: true }).first().waitFor();
    await keepScreenshot(page, `${name}-zoomed`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
  });

  test('the API’s description opens under the same content policy', async () => {
    const page = await openPage(browser, at);
    await page.goto('/docs/');
    await page.getByText('Open cases, the most urgent first').waitFor();
    await keepScreenshot(page, 'docs');
    expect(page.complaints).toEqual([]);
    await page.context().close();
  });

  test('times are told in the reader’s zone', async () => {
    await db.query(`update run set started_at = '2026-01-15T23:30:00Z' where id = $1`, [day.troubled]);
    for (const [timezoneId, wanted] of [['Pacific/Auckland', '16 January 2026 at 12:30:00'], ['America/New_York', '15 January 2026 at 18:30:00']] as const) {
      const page = await openPage(browser, at, { timezoneId });
      await page.goto(`/runs/${day.troubled}`);
      expect(await page.locator('time').first().getAttribute('title')).toContain(wanted);
      await page.context().close();
    }
  });
}
