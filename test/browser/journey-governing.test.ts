import { expect, test } from 'vitest';
import { accessibilityFindings, keepScreenshot, openBrowser } from '../support/browser.ts';
import { casesOf, giveView, historyOf, inEffect, readerOf, signedIn, signView, soon } from '../support/journey.ts';
import { requireForFile } from '../support/require.ts';

if (requireForFile('chromium')) {
  const browser = await openBrowser();

  test('four eyes to release, the second blind; reversed, down to the consumer’s acknowledgement', async () => {
    const [emil, grace] = [await signedIn(browser, 'Emil Novak'), await signedIn(browser, 'Grace Mbeki')];
    const care = await readerOf('care');
    const before = (await care.read(0)).at(-1)?.sequence ?? 0;
    const [one] = await casesOf(emil, 'rule=value-unit-fits');
    await signView(emil, one!.id, 'r', 'The first reason.');
    await emil.page.getByText('You have given the first view').waitFor();
    await grace.page.goto(`/queue/${one!.id}`);
    await grace.page.getByText('A colleague has given a first view').waitFor();
    expect(await grace.page.content()).not.toContain('The first reason.');
    expect(JSON.stringify(await historyOf(grace, one!.id))).not.toMatch(/The first reason|emil/);
    await keepScreenshot(grace.page, 'second-person');
    await signView(grace, one!.id, 'r', 'My own reason.');
    await inEffect(grace, one!.id);
    await expect.poll(async () => (await care.read(before)).map(({ kind }) => kind), soon).toEqual(['release']);
    const released = (await care.read(before))[0]!.sequence;
    const reverse = async (): Promise<void> => {
      await grace.page.getByLabel('Other moves').selectOption('reverse');
      await grace.page.getByLabel('What you want to say').fill('The unit was wrong after all.');
      await grace.page.getByRole('button', { name: 'Reverse the decision' }).click();
    };
    await grace.page.reload();
    await reverse();
    await grace.proveAgain();
    await reverse();
    await grace.page.getByText('took the decision back').waitFor();
    await grace.page.getByText('More', { exact: true }).first().click();
    await grace.page.getByText('trial-care: has read 0 and acknowledged 0 of 1 retraction').waitFor();
    const [retraction] = await care.read(released);
    expect(retraction).toMatchObject({ kind: 'retraction', about: released });
    expect(await care.acknowledge(retraction!.sequence)).toBeLessThan(300);
    await grace.page.reload();
    await grace.page.getByText('More', { exact: true }).first().click();
    await grace.page.getByText('trial-care: has read 1 and acknowledged 1 of 1 retraction').waitFor();
    await keepScreenshot(grace.page, 'reversed');
    await grace.page.goto(`/packet/${one!.id}`);
    await grace.page.getByText('took the decision back').waitFor();
    await keepScreenshot(grace.page, 'packet');
    await emil.end();
    await grace.end();
  }, 400_000);

  test('two views that differ come before a governor; of two at once one settles it', async () => {
    const [emil, grace, henrik] = [await signedIn(browser, 'Emil Novak'), await signedIn(browser, 'Grace Mbeki'), await signedIn(browser, 'Henrik Solberg')];
    const one = (await casesOf(emil, 'owner=mapping&priority=1')).at(-1);
    await giveView(emil, one!.id, 'r', 'Both are right.');
    await emil.proveAgain();
    await emil.page.getByRole('form', { name: 'Decide' }).getByRole('button', { name: /^Sign/ }).click();
    await emil.page.getByText('You have given the first view').waitFor();
    // Both governors look at the same time, and both answer it.
    const write = async ({ page, proveAgain }: typeof grace, key: string): Promise<void> => {
      await page.goto(`/queue/${one!.id}`);
      await page.getByRole('form', { name: 'Decide' }).waitFor();
      await page.keyboard.press(key);
      await page.keyboard.type('Seen by a governor.');
      await page.keyboard.press('Control+Enter');
      await proveAgain();
      await page.getByRole('form', { name: 'Decide' }).waitFor();
    };
    await write(grace, 'r');
    await write(henrik, 'r');
    await Promise.all([grace, henrik].map(({ page }) => page.getByRole('form', { name: 'Decide' }).getByRole('button', { name: /^Sign/ }).click()));
    await inEffect(grace, one!.id);
    const { decisions, events } = await historyOf(grace, one!.id);
    expect(decisions).toHaveLength(1);
    expect(events.filter(({ kind }) => kind === 'decided')).toHaveLength(1);
    // The other is told that somebody was first.
    const told = async (): Promise<number> => (await Promise.all([grace, henrik].map(({ page }) => page.getByRole('alert').count()))).filter((count) => count > 0).length;
    await expect.poll(told, soon).toBe(1);
    for (const journey of [emil, grace, henrik]) await journey.end();
  }, 400_000);

  test('a release comes to its end, and what it let through is back', async () => {
    const emil = await signedIn(browser, 'Emil Novak');
    const { page } = emil;
    const [one] = await casesOf(emil, 'rule=reference-missing');
    // The page offers days; the journey has no day to wait.
    await page.route('**/acts', async (route) => {
      const body = route.request().postDataJSON() as { asked: { view?: { expiresAt?: string } } };
      if (body.asked.view !== undefined) body.asked.view.expiresAt = new Date(Date.now() + 25_000).toISOString();
      await route.continue({ postData: JSON.stringify(body) });
    });
    await giveView(emil, one!.id, 'r', 'The sender will mend it.');
    await inEffect(emil, one!.id);
    await page.unroute('**/acts');
    await page.getByText('the release came to its end').waitFor();
    // What is in a feed is never taken back by itself: it is a case of its own, for a person.
    await page.goto('/queue?rule=reference-missing');
    await page.getByText('released already').first().waitFor();
    const [back] = (await casesOf(emil, 'rule=reference-missing')).filter(({ retraction }) => retraction);
    const { members: [record] } = await emil.get<{ members: { type: string; id: string }[] }>(`/api/exceptions/${back!.id}`);
    await page.goto(`/lineage?source=sandbox&type=${record!.type}&id=${record!.id}`);
    for (const step of ['Received', 'Decided', 'Released']) await page.getByRole('rowheader', { name: step, exact: true }).first().waitFor();
    await keepScreenshot(page, 'lineage');
    await emil.end();
  }, 400_000);

  test('a policy is tried, its difference shown, and a second governor puts it in force', async () => {
    const [grace, henrik] = [await signedIn(browser, 'Grace Mbeki'), await signedIn(browser, 'Henrik Solberg')];
    await grace.page.goto('/policy');
    await grace.page.getByLabel('Rule', { exact: true }).selectOption('code-snomed-check-digit');
    await grace.page.getByLabel('Care', { exact: true }).selectOption('flag');
    await grace.page.getByLabel('Why').fill('Care teams read the text beside the code.');
    await grace.page.getByRole('button', { name: 'Try it out' }).click();
    const difference = grace.page.getByRole('region', { name: 'The difference' });
    await difference.getByRole('row', { name: /Care held released with a flag 3 0$/ }).waitFor();
    await grace.page.getByText('Another governor puts it in force.').waitFor();
    await keepScreenshot(grace.page, 'policy');
    expect(await accessibilityFindings(grace.page)).toEqual([]);
    await henrik.page.goto('/policy');
    const sign = henrik.page.getByRole('button', { name: 'Sign and put it in force' });
    await sign.click();
    await henrik.proveAgain();
    await sign.click();
    await henrik.page.getByText(/In force since .*, by Henrik Solberg/).waitFor();
    expect((await grace.get<{ inForce: { body: { rules: Record<string, { action: string }> } } }>('/api/policy')).inForce.body.rules['code-snomed-check-digit']?.action).toBe('flag');
    await grace.end();
    await henrik.end();
  }, 400_000);

  test('a sample is drawn and worked, blind; what escaped and what the machine settled are not said before it is known', async () => {
    const [grace, mara] = [await signedIn(browser, 'Grace Mbeki'), await signedIn(browser, 'Mara Lindqvist')];
    await grace.page.goto('/quality');
    await grace.page.getByLabel('Records', { exact: true }).fill('30');
    await grace.page.getByRole('button', { name: 'Draw', exact: true }).click();
    await grace.page.getByText('30 records were drawn').waitFor();
    await mara.page.goto('/quality');
    // Looking takes nothing; to begin is an act.
    await mara.page.getByText('30 items wait for somebody').waitFor();
    await mara.page.getByRole('button', { name: 'Begin', exact: true }).click();
    for (let answered = 0; answered < 3;) {
      await mara.page.getByRole('button', { name: 'Open the record' }).first().click();
      await mara.page.locator('dl.read').first().waitFor();
      // Among them may be somebody's decision, to be looked at again.
      const again = mara.page.getByLabel('Was the finding right?');
      const sampled = !await again.isVisible();
      if (sampled) await mara.page.getByRole('radio', { name: answered === 0 ? 'Yes' : 'No', exact: true }).check();
      else await again.selectOption({ index: 1 });
      await mara.page.getByLabel('Why').fill('Compared with the chart.');
      if (sampled && answered === 0) await keepScreenshot(mara.page, 'sample');
      const taken = mara.page.waitForResponse((response) => response.request().method() === 'POST' && response.ok());
      await mara.page.getByRole('button', { name: 'Answer' }).click();
      await taken;
      if (sampled) answered += 1;
      await expect.poll(async () => (await grace.get<{ escape: { reviewed: number } }>('/api/quality')).escape.reviewed, soon).toBe(answered);
      await mara.page.reload();
    }
    await grace.page.goto('/');
    await grace.page.getByText('3 of 30 reviewed').waitFor();
    await grace.page.getByText('Settled by machine').waitFor();
    expect(await grace.page.locator('dd', { hasText: 'not known yet' }).count()).toBe(2);
    await grace.page.getByText('Waiting, by age').waitFor();
    await keepScreenshot(grace.page, 'overview');
    expect(await accessibilityFindings(grace.page)).toEqual([]);
    await grace.page.goto('/quality');
    await grace.page.getByText('Samples of what was released').waitFor();
    await keepScreenshot(grace.page, 'quality');
    await grace.page.goto('/desk');
    await grace.page.getByLabel('Whose work').selectOption({ label: 'Mara Lindqvist' });
    await grace.page.getByText(/cases? with a known answer/).nth(1).waitFor();
    await grace.end();
    await mara.end();
  }, 400_000);
}
