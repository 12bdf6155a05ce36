import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll } from 'vitest';

const screenshots = fileURLToPath(new URL('../../.assay/screenshots/', import.meta.url));

/** Debian's Chromium, closed after the file. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  afterAll(() => browser.close());
  return browser;
}

export type OpenPage = Page & {
  /** What the page complained of: errors, and what the browser refused. */
  readonly complaints: readonly string[];
};

export async function openPage(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 860 }, locale: 'en-GB', timezoneId: 'Europe/London', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  return Object.assign(page, { complaints });
}

/** Kept by CI as files. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true, animations: 'disabled' });
}

/** What of the page lies outside of it or is cut off where nobody can scroll to it, a line each. */
export const whatIsCut = (page: Page): Promise<string[]> => page.evaluate(() => {
  const wide = innerWidth + 1, found: string[] = [];
  const named = (element: Element): string => `${element.tagName.toLowerCase()}.${element.className.toString().replaceAll(' ', '.')} “${(element.textContent ?? '').trim().slice(0, 40)}”`;
  const scrolls = (element: Element | null): boolean => element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const element of document.querySelectorAll('header *, main *')) {
    const { left, right, width, height } = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (width <= 1 || height <= 1 || !element.checkVisibility({ visibilityProperty: true }) || element.closest('.unseen, .skip, [aria-hidden=true], svg') !== null) continue;
    if ((right > wide || left < -1) && !scrolls(element)) found.push(`outside: ${named(element)}`);
    if (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && (element.textContent ?? '') !== '') found.push(`cut: ${named(element)}`);
  }
  return found;
});

/** What axe finds against WCAG 2.2 AA, a line each. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await runner.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
  });
}
