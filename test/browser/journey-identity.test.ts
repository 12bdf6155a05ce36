import { expect, test } from 'vitest';
import { accessibilityFindings, keepScreenshot, openBrowser } from '../support/browser.ts';
import { casesOf, inEffect, signedIn, soon, type Journey } from '../support/journey.ts';
import { requireForFile } from '../support/require.ts';

/** Written by keyboard, signed, and taken up again behind the sign-in. */
async function signByKeyboard(journey: Journey, ...keys: readonly string[]): Promise<void> {
  const { page } = journey;
  await page.getByRole('form', { name: 'Decide' }).waitFor();
  for (const key of keys) await page.keyboard.press(key);
  await page.keyboard.type('Another telephone, the same home and birth date.');
  await page.keyboard.press('Control+Enter');
  await journey.proveAgain();
  await page.getByRole('form', { name: 'Decide' }).waitFor();
  await page.getByRole('form', { name: 'Decide' }).getByRole('button', { name: /^Sign/ }).focus();
  await page.keyboard.press('Enter');
}

if (requireForFile('chromium')) {
  const browser = await openBrowser();

  test('two records that may be one person are decided from their match matrix, by keyboard, by two people', async () => {
    const [ines, grace] = [await signedIn(browser, 'Ines Duarte'), await signedIn(browser, 'Grace Mbeki')];
    const { page } = ines;
    const [pair, ...more] = await casesOf(ines, 'rule=identity-duplicate-pair');
    expect(more).toEqual([]);
    await page.goto('/queue?rule=identity-duplicate-pair');
    await page.locator('a.opener').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: 'Decide' }).waitFor();
    await page.keyboard.press('1');
    const matrix = page.getByRole('table', { name: 'Where the two patients agree' });
    await matrix.waitFor();
    for (const row of [/^Family name .*nearly agrees$/, /^Birth date .* agrees$/, /^Phone and mail .*differs$/, /^Record number .*each has its own$/]) await matrix.getByRole('row', { name: row }).waitFor();
    // Each pair once, though each of the two names the other.
    expect(await page.getByRole('region', { name: 'Records to look at' }).getByRole('article').count()).toBe(1);
    // Who they are is never assumed.
    await page.keyboard.press('r');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('radio', { name: /^They are|^Nobody/, checked: true }).count()).toBe(0);
    await page.keyboard.press('d');
    await keepScreenshot(page, 'two-patients');
    expect(await accessibilityFindings(page)).toEqual([]);
    await signByKeyboard(ines, 'd', 'r');
    await page.getByText('You have given the first view').waitFor();
    await grace.page.goto(`/queue/${pair!.id}`);
    await signByKeyboard(grace, 'd', 'r');
    await inEffect(grace, pair!.id);
    await expect.poll(() => casesOf(ines, 'rule=identity-duplicate-pair'), soon).toEqual([]);
    expect(page.complaints).toEqual([]);
    await ines.end();
    await grace.end();
  }, 400_000);

  test('an update that put another person’s data on a record is seen version against version', async () => {
    const ines = await signedIn(browser, 'Ines Duarte');
    const { page } = ines;
    const [overlay] = await casesOf(ines, 'rule=identity-overlay');
    await page.goto(`/queue/${overlay!.id}`);
    await page.getByRole('form', { name: 'Decide' }).waitFor();
    await page.keyboard.press('1');
    const changes = page.getByRole('table', { name: 'What changed between the versions' });
    await changes.getByRole('columnheader', { name: 'Version 2' }).waitFor();
    for (const row of [/^Name /, /^Birth date /]) expect(await changes.getByRole('row', { name: row }).locator('mark').count()).toBe(2);
    await page.getByText('the same in both').click();
    await page.getByRole('term').filter({ hasText: 'Address' }).first().waitFor();
    await keepScreenshot(page, 'two-versions');
    expect(await accessibilityFindings(page)).toEqual([]);
    await ines.end();
  }, 400_000);
}
