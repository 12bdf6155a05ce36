import { expect, test } from 'vitest';
import { accessibilityFindings, keepScreenshot, openBrowser } from '../support/browser.ts';
import { casesOf, giveView, historyOf, inEffect, signedIn, soon } from '../support/journey.ts';
import { requireForFile } from '../support/require.ts';

if (requireForFile('chromium')) {
  const browser = await openBrowser();

  test('a steward’s morning: signed in, 20 cases by keyboard alone', async () => {
    const mara = await signedIn(browser, 'Mara Lindqvist');
    const { page } = mara;
    const wanted = (await casesOf(mara, 'rule=time-before-birth')).length;
    expect(wanted).toBeGreaterThanOrEqual(20);
    await page.goto('/queue?rule=time-before-birth');
    await page.locator('a.opener').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const done: string[] = [];
    for (let n = 0; n < 20; n++) {
      await page.getByRole('form', { name: 'Decide' }).waitFor();
      const title = await page.locator('h1').innerText();
      await page.keyboard.press('1');
      await page.locator('dl.read mark').first().waitFor();
      await page.keyboard.press(n % 2 === 0 ? 'r' : 'o');
      await page.keyboard.type('Seen in the chart.');
      if (n === 0) {
        await keepScreenshot(page, 'deciding');
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
      done.push(title.replace('Case ', ''));
      await page.keyboard.press('n');
      await expect.poll(() => page.locator('h1').innerText(), soon).not.toBe(title);
    }
    for (const exception of done) await inEffect(mara, exception);
    expect(await casesOf(mara, 'rule=time-before-birth')).toHaveLength(wanted - 20);
    expect(page.complaints).toEqual([]);
    await page.goto('/desk');
    await page.getByRole('row', { name: /^Before birth 20/ }).waitFor();
    await keepScreenshot(page, 'desk');
    await mara.end();
  }, 400_000);

  test('a duplicate click decides once; a browser that slept is told that somebody was first', async () => {
    const [emil, grace] = [await signedIn(browser, 'Emil Novak'), await signedIn(browser, 'Grace Mbeki')];
    // Cases of other records: a decision on one settles nothing of the other.
    const [[first], [second]] = [await casesOf(emil, 'rule=time-future'), await casesOf(emil, 'rule=profile-reference-target')];
    await emil.page.goto(`/queue/${first!.id}`);
    await emil.page.getByLabel('Keep out').check();
    await emil.page.getByLabel('Why').fill('The device’s clock was wrong.');
    await emil.page.getByRole('button', { name: 'Decide', exact: true }).dblclick();
    await emil.page.getByRole('button', { name: 'Undo' }).waitFor();
    expect((await historyOf(emil, first!.id)).decisions).toHaveLength(1);

    await emil.page.goto(`/queue/${second!.id}`);
    await emil.page.getByRole('form', { name: 'Decide' }).waitFor();
    await emil.page.context().setOffline(true);
    await giveView(grace, second!.id, 'o', 'Decided meanwhile.');
    await grace.page.getByText('Grace Mbeki decided').waitFor();
    await emil.page.keyboard.press('r');
    await emil.page.keyboard.type('Written while asleep.');
    await emil.page.keyboard.press('Control+Enter');
    await emil.page.getByRole('alert').first().waitFor();
    // What he wrote is still there, and nothing was decided twice.
    expect(await emil.page.getByLabel('Why').inputValue()).toBe('Written while asleep.');
    await emil.page.context().setOffline(false);
    await emil.page.getByRole('button', { name: 'Decide', exact: true }).click({ timeout: 5_000 }).catch(() => {});
    await inEffect(grace, second!.id);
    expect((await historyOf(grace, second!.id)).decisions.map(({ disposition }) => disposition)).toEqual(['keep-out']);
    await emil.end();
    await grace.end();
  }, 400_000);

  test('several together: patient safety is left out and said so; with nothing else, none can be decided', async () => {
    const emil = await signedIn(browser, 'Emil Novak');
    const { page } = emil;
    const urgent = (await casesOf(emil, 'owner=mapping&priority=1')).map(({ id }) => id);
    await page.goto('/queue?owner=mapping&priority=1');
    await page.getByLabel(`Choose case ${urgent[0]}`).check();
    await page.getByRole('button', { name: 'Decide 1 case together' }).click();
    await page.getByText('None of these can be decided together').waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();

    await page.goto('/queue?owner=mapping');
    await page.getByLabel(`Choose case ${urgent[0]}`).check();
    const plain = (await casesOf(emil, 'rule=profile-cardinality')).map(({ id }) => id).slice(0, 3);
    await page.goto('/queue?owner=mapping&group=rule&in=profile-cardinality');
    for (const id of plain) await page.getByLabel(`Choose case ${id}`).check();
    await keepScreenshot(page, 'queue-grouped');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Decide 3 cases together' }).click();
    await page.getByRole('heading', { name: /^Decide 3 cases together/ }).waitFor();
    await keepScreenshot(page, 'together');
    await page.getByLabel('Keep out').check();
    await page.getByLabel('Why').fill('The interface leaves the element out.');
    // Before the records are opened nothing is decided.
    await page.getByRole('button', { name: 'Decide 3 cases', exact: true }).click();
    for (const id of plain) expect((await historyOf(emil, id)).decisions).toEqual([]);
    for (;;) {
      const open = page.getByRole('button', { name: /^Open the record/ });
      if (await open.count() === 0) break;
      await open.first().click();
    }
    await page.getByText('You have opened the records').waitFor();
    await page.getByRole('button', { name: 'Decide 3 cases', exact: true }).click();
    await page.getByText('3 cases decided').waitFor();
    for (const id of plain) await inEffect(emil, id);
    await emil.end();
  }, 400_000);

  test('a case is split and merged again; somebody stands in; another facility’s glass is broken with a reason', async () => {
    const emil = await signedIn(browser, 'Emil Novak');
    const { page } = emil;
    const [one] = await casesOf(emil, 'rule=code-loinc-check-digit');
    await page.goto(`/queue/${one!.id}`);
    const boxes = page.getByRole('region', { name: 'Records in this case' }).getByRole('checkbox');
    await boxes.first().check();
    await page.getByRole('button', { name: 'Split 1 record off' }).click();
    await expect.poll(async () => (await casesOf(emil, 'rule=code-loinc-check-digit')).map(({ records }) => records).sort(), soon).toEqual([1, 2]);
    const apart = (await casesOf(emil, 'rule=code-loinc-check-digit')).find(({ records }) => records === 1);
    await page.getByLabel('Other moves').selectOption('merge');
    await page.getByLabel('Which case comes into this one').selectOption(apart!.id);
    await page.getByRole('button', { name: 'Merge it in' }).click();
    await expect.poll(async () => (await casesOf(emil, 'rule=code-loinc-check-digit')).map(({ records }) => records), soon).toEqual([3]);

    const theo = await signedIn(browser, 'Theo Okafor');
    await theo.page.goto('/desk');
    await page.goto('/desk');
    await page.getByLabel('Who stands in').selectOption({ label: 'Theo Okafor' });
    await page.getByRole('button', { name: 'Let them stand in' }).click();
    await page.getByText('Theo Okafor stands in for you').waitFor();
    await theo.page.reload();
    await theo.page.getByText('You stand in for Emil Novak').waitFor();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('Theo Okafor stands in for you').waitFor({ state: 'detached' });

    const lena = await signedIn(browser, 'Lena Fischer');
    await lena.page.goto(`/queue/${one!.id}`);
    await lena.page.getByLabel('Your reason').fill('The patient lies in our emergency room.');
    expect(await accessibilityFindings(lena.page)).toEqual([]);
    await keepScreenshot(lena.page, 'break-glass');
    await lena.page.getByRole('button', { name: 'Break the glass for an hour' }).click();
    await lena.page.getByRole('region', { name: 'Records in this case' }).waitFor();
    const paul = await signedIn(browser, 'Paul Weiss');
    await paul.page.goto('/desk');
    await paul.page.getByText('Somebody broke the glass of a facility').first().waitFor();
    for (const journey of [emil, theo, lena, paul]) await journey.end();
  }, 400_000);
}
