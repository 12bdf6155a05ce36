import { expect, test } from 'vitest';
import { accessibilityFindings, keepScreenshot, openBrowser, whatIsCut } from '../support/browser.ts';
import { casesEver, casesOf, signedIn } from '../support/journey.ts';
import { requireForFile } from '../support/require.ts';

/** Each page, with what shows that its data are there. */
type Screen = readonly [name: string, path: string, shows: string];
const screens: readonly Screen[] = [
  ['overview', '/', 'Released, by day and purpose'], ['queue', '/queue', 'Patient safety'], ['queue by rule', '/queue?group=rule', 'Grouped by'], ['desk', '/desk', 'Who stands in'], ['quality', '/quality', 'Draw a sample'],
  ['oversight', '/oversight', 'Registry of models'], ['rules', '/rules', 'Diastolic above systolic'], ['policy', '/policy', 'In force since'], ['runs', '/runs', 'Completed'], ['run', '/runs/1', 'It balances'],
  ['feeds', '/published', 'trial-care'], ['audit', '/audit', 'The ledger has'], ['audit answered', '/audit?question=recipients', 'The ledger has'], ['proofs', '/audit/proofs', 'What is to be proved'], ['retractions', '/audit/retractions', 'Take back'], ['amendments', '/audit/amendments', 'A patient asks'], ['keeping', '/audit/keeping', 'Keep'], ['disclosures', '/audit/disclosures', 'Suspend the accounting'],
];
/** The four ways in which what speaks against each other is put side by side, with rules whose cases are so. */
const kinds = [['two patients', 'identity-shared-identifier', 'identity-duplicate-pair'], ['two versions', 'identity-overlay'], ['claim against chart', 'claim-poa', 'code-not-documented'], ['note against registration', 'note-other-patient']] as const;

const looks = [
  ['zoomed to twice the size', { viewport: { width: 640, height: 430 }, deviceScaleFactor: 2 }], ['in dark colours', { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }],
] as const;

if (requireForFile('chromium')) {
  const browser = await openBrowser();

  test.each(looks)('%s, with data: on no page is anything cut or outside of it, and each passes axe', async (look, options) => {
    const grace = await signedIn(browser, 'Grace Mbeki', options);
    const { page } = grace;
    const wrong: string[] = [];
    const judge = async (name: string): Promise<void> => {
      await keepScreenshot(page, `${look}-${name}`.replaceAll(' ', '-'));
      wrong.push(...[...await whatIsCut(page), ...await accessibilityFindings(page)].map((one) => `${name}: ${one}`));
    };
    for (const [name, path, shows] of screens) {
      await page.goto(path);
      await page.getByText(shows).filter({ visible: true }).first().waitFor({ timeout: 20_000 }).catch(() => { wrong.push(`${name} does not show “${shows}”`); });
      await judge(name);
    }
    for (const [name, ...rules] of kinds) {
      const [found] = [...(await Promise.all(rules.map((rule) => casesOf(grace, `rule=${rule}`)))).flat().map(({ id }) => id), ...await casesEver(grace, rules)];
      if (found === undefined) {
        wrong.push(`there is no case of ${name}`);
        continue;
      }
      await page.goto(`/queue/${found}`);
      await page.getByRole('region', { name: 'Records in this case' }).waitFor();
      await page.keyboard.press('1');
      await page.getByText('FHIR JSON').first().waitFor({ timeout: 20_000 });
      await judge(name);
    }
    await page.goto('/packet/1');
    await page.getByText('Who opened which record').waitFor();
    await judge('packet');
    expect(wrong).toEqual([]);
    await grace.end();
  }, 400_000);
}
