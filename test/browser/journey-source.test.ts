import { expect, test } from 'vitest';
import { accessibilityFindings, keepScreenshot, openBrowser } from '../support/browser.ts';
import { casesOf, giveView, historyOf, inEffect, signedIn, type Journey } from '../support/journey.ts';
import { requireForFile } from '../support/require.ts';

/** “Run now” on the overview, to the end of the run. */
async function runNow({ page, get }: Journey): Promise<void> {
  const newest = async () => (await get<{ sources: { lastRun: { id: string; state: string } }[] }>('/api/sources')).sources[0]?.lastRun;
  const before = (await newest())?.id;
  await page.goto('/');
  await page.getByRole('button', { name: 'Run now sandbox' }).click();
  await expect.poll(async () => { const run = await newest(); return run?.id !== before && run?.state; }, { timeout: 180_000, interval: 500 }).toMatch(/^completed/);
}

if (requireForFile('chromium')) {
  const browser = await openBrowser();

  test('a correction is asked for, the EHR makes it, and the case closes by itself; a model is suspended, and what of it was released is listed', async () => {
    const [theo, grace, emil] = [await signedIn(browser, 'Theo Okafor'), await signedIn(browser, 'Grace Mbeki'), await signedIn(browser, 'Emil Novak')];
    const [one] = await casesOf(theo, 'rule=claim-duplicate-secondary');
    await giveView(theo, one!.id, 'c', 'Please code it once.');
    await inEffect(theo, one!.id);
    await theo.page.getByText('Chart correction request, waits for an answer').waitFor();
    await keepScreenshot(theo.page, 'correction-asked');

    await grace.page.goto('/oversight');
    const models = grace.page.getByRole('region', { name: 'Registry' });
    const row = models.getByRole('row', { name: /^Problem List Finder/ });
    await row.getByRole('button', { name: /^Suspend/ }).click();
    await row.getByRole('button', { name: 'Yes, hold what it asserts from now on' }).click();
    await row.getByText('not approved now').waitFor();
    const released = grace.page.getByRole('region', { name: 'Released already, by Problem List Finder' });
    await released.getByRole('row').nth(1).waitFor();
    await keepScreenshot(grace.page, 'oversight');
    expect(await accessibilityFindings(grace.page)).toEqual([]);

    // The EHR takes its time: one of the next pulls brings the corrected version, which takes the place of the one that was held.
    await expect.poll(async () => { await runNow(emil); return (await theo.get<{ closedBy: string }>(`/api/exceptions/${one!.id}`)).closedBy; }, { timeout: 300_000, interval: 3_000 }).toBe('superseded');
    expect((await historyOf(theo, one!.id)).tasks).toMatchObject([{ kind: 'chart-correction', state: 'completed' }]);
    await theo.page.reload();
    await theo.page.getByText('Chart correction request, done').waitFor();
    await keepScreenshot(theo.page, 'correction-made');
    for (const journey of [theo, grace, emil]) await journey.end();
  }, 400_000);
}
