/**
 * How the work queue behaves in Chromium with many open cases: `npm run bench -- queue-scroll [cases]`. The time to the first row, and the
 * tasks longer than 50 ms while a steward scrolls it by wheel and by keyboard. Prints a table.
 */
import { chromium, type Browser } from 'playwright-core';
import { buildWebIfStale } from '../console/web/build.ts';
import { fillQueue } from '../test/support/fill-queue.ts';
import { ownServices } from '../test/support/own-services.ts';
import { signedInApi } from '../test/support/sign-in.ts';

const CASES = Number(process.argv[2] ?? 100_000);
const [WHEELS, WHEEL_PX, KEYS, LOADS] = [400, 500, 300, 5];

/** A task of the page's main thread: how long it lasted, and the processor time it had. What others do on the machine is in the first alone. */
type Task = { readonly ms: number; readonly cpu: number };
const LONG_MS = 50;

const services = await ownServices();
const api = await signedInApi(services.db, { webRoot: await buildWebIfStale() });
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  await fillQueue(services.db, CASES);
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, baseURL: api.url });
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
  await page.waitForTimeout(2_000);
  await page.mouse.move(700, 500);
  const before = await busy();
  const byWheel = await tasksWhile(browser, async () => {
    for (let n = 0; n < WHEELS; n++) { await page.mouse.wheel(0, WHEEL_PX); await page.waitForTimeout(16); }
  });
  const after = await busy();
  const spent = (name: string): string => `${((after[name] ?? 0) - (before[name] ?? 0)).toFixed(2)} s`;
  const rows = await page.locator('table[aria-rowcount]').getAttribute('aria-rowcount');
  await page.keyboard.press('Home');
  const byKey = await tasksWhile(browser, async () => { for (let n = 0; n < KEYS; n++) await page.keyboard.press('j'); });
  console.log(`| ${CASES.toLocaleString('en')} open cases in Chromium | figure |\n|---|---|`);
  console.log(`| address to first row, median of ${LOADS} | ${Math.round(first[2] ?? 0)} ms |`);
  console.log(`| rows brought in by ${WHEELS} turns of the wheel (${WHEELS * WHEEL_PX} px) | ${rows} |`);
  console.log(`| tasks over ${LONG_MS} ms meanwhile, the longest; by processor time | ${told(byWheel)} |`);
  console.log(`| CPU of the page meanwhile: all, script, layout, style | ${['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'].map(spent).join(', ')} |`);
  console.log(`| tasks over ${LONG_MS} ms while j is pressed ${KEYS} times, the longest; by processor time | ${told(byKey)} |`);
} finally {
  await browser.close();
  await api.stop();
  await services.stop();
}

type TraceEvent = { readonly name: string; readonly ph: string; readonly pid: number; readonly tid: number; readonly dur?: number; readonly tdur?: number; readonly args?: { readonly name?: string } };

/** The tasks of the page's main thread during the work, from a trace of the browser. */
async function tasksWhile(browser: Browser, work: () => Promise<void>): Promise<Task[]> {
  const tracing = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  tracing.on('Tracing.dataCollected', ({ value }) => { for (const one of value as unknown as TraceEvent[]) events.push(one); });
  await tracing.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel'] } });
  await work();
  const complete = new Promise((resolve) => tracing.once('Tracing.tracingComplete', resolve));
  await tracing.send('Tracing.end');
  await complete;
  await tracing.detach();
  const mains = new Set(events.flatMap(({ name, ph, pid, tid, args }) => (ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain' ? `${pid} ${tid}` : [])));
  return events.filter(({ name, ph, pid, tid }) => ph === 'X' && name === 'ThreadControllerImpl::RunTask' && mains.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ ms: dur / 1000, cpu: tdur / 1000 }));
}

function told(tasks: readonly Task[]): string {
  const of = (key: keyof Task): string => `${tasks.filter((one) => one[key] > LONG_MS).length}, ${Math.round(tasks.reduce((most, one) => Math.max(most, one[key]), 0))} ms`;
  return `${of('ms')}; ${of('cpu')}`;
}
