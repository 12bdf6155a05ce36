import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { buildWebIfStale } from '../../console/web/build.ts';
import { appendEvent } from '../../ledger/append.ts';
import { createConsumer } from '../../pipelines/feed/consumers.ts';
import { feedRoutes } from '../../pipelines/feed/http.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { consoleApi } from '../support/console-api.ts';
import { recordDay } from '../support/console-day.ts';
import { testDatabase } from '../support/database.ts';
import { requireForFile } from '../support/require.ts';

if (requireForFile('chromium')) {
  const { db } = await testDatabase();
  await recordDay(db);
  const { token } = await createConsumer({ db, appendEvent }, { name: 'triage-model', feeds: ['care'] });
  const api = await consoleApi(db, {
    webRoot: await buildWebIfStale(), plugins: [async (app) => { await app.register(feedRoutes, { db, appendEvent }); }],
  });
  await api.listen({ host: '127.0.0.1', port: 0 });
  const browser = await openBrowser();
  afterAll(() => api.close());

  test('the command on the page, with a reader’s token, reads the feed mounted beside the console', async () => {
    const page = await openPage(browser, `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`);
    await page.goto('/published');
    const command = await page.locator('code.line').innerText();
    const [, header = '', url = ''] = /^curl -H "([^"]+)" "([^"]+)"$/.exec(command) ?? [];
    const [name = '', value = ''] = header.split(': ');
    const response = await fetch(url, { headers: { [name]: value.replace('$TOKEN', token) } });
    const lines = (await response.text()).trim().split('\n').map((line) => JSON.parse(line) as { kind: string; sequence: number; value: string });
    expect(lines).toHaveLength(100);
    expect(lines.every(({ kind, value }) => kind === 'release' && JSON.parse(value) !== null)).toBe(true);
    await page.reload();
    expect(await page.getByRole('row', { name: /^care/ }).locator('td').last().innerText()).toBe('1');
    await page.context().close();
  });
}
