/**
 * How the work queue behaves in Chromium with many open cases: `npm run bench -- queue-scroll [cases]`. The time to the first row, and the
 * tasks longer than 50 ms (Long Tasks API) while a steward scrolls it by wheel and by keyboard. Prints a table.
 */
import { chromium } from 'playwright-core';
import { buildWebIfStale } from '../console/web/build.ts';
import { fillQueue } from '../test/support/fill-queue.ts';
import { ownServices } from '../test/support/own-services.ts';
import { signedInApi } from '../test/support/sign-in.ts';

const CASES = Number(process.argv[2] ?? 100_000);
const [WHEELS, WHEEL_PX, KEYS, LOADS] = [400, 500, 300, 5];

type Counting = { longTasks: number[] };

const services = await ownServices();
const api = await signedInApi(services.db, { webRoot: await buildWebIfStale() });
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  await fillQueue(services.db, CASES);
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, baseURL: api.url });
  await page.addInitScript(() => {
    const counting = globalThis as unknown as Counting;
    counting.longTasks = [];
    new PerformanceObserver((list) => { counting.longTasks.push(...list.getEntries().map(({ duration }) => duration)); }).observe({ type: 'longtask' });
  });
  await page.goto('/auth/sign-in?to=/queue');
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  const first: number[] = [];
  for (let n = 0; n < LOADS; n++) {
    const began = performance.now();
    await page.goto('/queue');
    await page.locator('a.opener').first().waitFor();
    first.push(performance.now() - began);
  }
  first.sort((a, b) => a - b);
  // Thread time: what others do on the machine is not in it.
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async (): Promise<Record<string, number>> => Object.fromEntries((await devTools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  const tasks = async (): Promise<number[]> => page.evaluate(() => (globalThis as unknown as Counting).longTasks.splice(0));
  await page.waitForTimeout(2_000);
  await tasks();
  await page.mouse.move(700, 500);
  const before = await busy();
  for (let n = 0; n < WHEELS; n++) { await page.mouse.wheel(0, WHEEL_PX); await page.waitForTimeout(16); }
  const byWheel = await tasks();
  const after = await busy();
  const spent = (name: string): string => `${((after[name] ?? 0) - (before[name] ?? 0)).toFixed(2)} s`;
  const rows = await page.locator('table[aria-rowcount]').getAttribute('aria-rowcount');
  await page.keyboard.press('Home');
  for (let n = 0; n < KEYS; n++) await page.keyboard.press('j');
  const byKey = await tasks();
  console.log(`| ${CASES.toLocaleString('en')} open cases in Chromium | figure |\n|---|---|`);
  console.log(`| address to first row, median of ${LOADS} | ${Math.round(first[2] ?? 0)} ms |`);
  console.log(`| rows brought in by ${WHEELS} turns of the wheel (${WHEELS * WHEEL_PX} px) | ${rows} |`);
  console.log(`| long tasks meanwhile, the longest | ${byWheel.length}, ${Math.round(Math.max(0, ...byWheel))} ms |`);
  console.log(`| CPU of the page meanwhile: all, script, layout, style | ${['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'].map(spent).join(', ')} |`);
  console.log(`| long tasks while j is pressed ${KEYS} times, the longest | ${byKey.length}, ${Math.round(Math.max(0, ...byKey))} ms |`);
} finally {
  await browser.close();
  await api.stop();
  await services.stop();
}
