import type { Browser, BrowserContextOptions } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';
import { askService } from './ask-service.ts';
import { keepScreenshot, openPage, type OpenPage } from './browser.ts';

/** A person at the console of the running product. */
export type Journey = {
  readonly page: OpenPage;
  /** What the API answers him: journeys look by it whether what they did is so. */
  get<Answer>(path: string): Promise<Answer>;
  /** Proves himself again, where a signature asks it; he comes back to where he was. */
  proveAgain(): Promise<void>;
  end(): Promise<void>;
};

/** Machines that build share two cores among much else. */
const PATIENCE_MS = 120_000;

/** Signs in at the sandbox's identity provider, by keyboard. @param name as the provider's page shows it */
export async function signedIn(browser: Browser, name: string, options: BrowserContextOptions = {}): Promise<Journey> {
  const { url } = await askService('product');
  const page = await openPage(browser, url, options);
  page.setDefaultTimeout(PATIENCE_MS);
  // What he saw when it went wrong, beside the other pictures.
  onTestFailed(({ task }) => keepScreenshot(page, `failed-${task.id}-${name.replaceAll(' ', '-')}`));
  const choose = async (): Promise<void> => {
    await page.getByRole('button', { name: new RegExp(name) }).focus();
    await page.keyboard.press('Enter');
  };
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in', exact: true }).focus();
  await page.keyboard.press('Enter');
  await choose();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  return {
    page, proveAgain: choose,
    get: async <Answer>(path: string) => await page.evaluate(async (asked) => (await fetch(asked)).json() as Promise<unknown>, path) as Answer,
    end: () => page.context().close(),
  };
}

export const soon = { timeout: PATIENCE_MS, interval: 200 } as const;

type Cases = { exceptions: { id: string; says: string; records: number; priority: number; retraction: boolean }[] };

/** Open cases that fit, the most urgent first. */
export const casesOf = async (journey: Journey, query: string): Promise<Cases['exceptions']> => (await journey.get<Cases>(`/api/exceptions?${query}&limit=200`)).exceptions;

/** Cases of such rules, decided or not: another journey may have been there first. @param most ids that are tried */
export async function casesEver(journey: Journey, rules: readonly string[], most = 200): Promise<string[]> {
  const all = await journey.page.evaluate(async (upTo) => Promise.all(Array.from({ length: upTo }, async (_, n) => {
    const answer = await fetch(`/api/exceptions/${n + 1}`);
    return answer.ok ? await answer.json() as { id: string; rule: string } : undefined;
  })), most);
  return all.filter((one) => one !== undefined && rules.includes(one.rule)).map((one) => one!.id);
}

export type HistorySeen = {
  events: { kind: string; by: string | null }[]; decisions: { decision: string; state: string; settled: boolean; disposition: string }[];
  consumers: { consumer: string; retractions: number; read: number }[]; tasks: { kind: string; state: string }[];
};
export const historyOf = (journey: Journey, exception: string): Promise<HistorySeen> => journey.get(`/api/exceptions/${exception}/history`);

/** Opens the case and gives a view by keyboard alone: its key, the reason, Ctrl+Enter. */
export async function giveView({ page }: Journey, exception: string, key: string, reason: string): Promise<void> {
  await page.goto(`/queue/${exception}`);
  await page.getByRole('form', { name: 'Decide' }).waitFor();
  await page.keyboard.press(key);
  await page.keyboard.type(reason);
  await page.keyboard.press('Control+Enter');
}

/** The same where two are needed: a full sign-in comes between, and what was written is still there. */
export async function signView(journey: Journey, exception: string, key: string, reason: string): Promise<void> {
  const { page } = journey;
  await giveView(journey, exception, key, reason);
  await journey.proveAgain();
  await page.getByRole('form', { name: 'Decide' }).waitFor();
  expect(await page.getByLabel('Why').inputValue()).toBe(reason);
  await page.getByRole('form', { name: 'Decide' }).getByRole('button', { name: /^Sign/ }).click();
}

/** The decision has had its whole effect. */
export const inEffect = (journey: Journey, exception: string): Promise<void> =>
  expect.poll(async () => (await historyOf(journey, exception)).decisions.some(({ state, settled }) => state === 'effective' && settled), soon).toBe(true);

type Entry = { sequence: number; kind: string; about?: number; type?: string; id?: string };

/** A consumer of a feed, over HTTP. */
export async function readerOf(feed: string) {
  const { url, tokens } = await askService('product');
  const headers = { authorization: `Bearer ${tokens[feed]}` };
  const at = `${url}/feeds/${feed}`;
  return {
    /** Entries behind a sequence number, to the last. */
    async read(after: number): Promise<Entry[]> {
      const all: Entry[] = [];
      for (let from = after; ;) {
        const lines = (await (await fetch(`${at}/entries?after=${from}&limit=1000`, { headers })).text()).trim();
        if (lines === '') return all;
        all.push(...lines.split('\n').map((line) => JSON.parse(line) as Entry));
        from = all.at(-1)?.sequence ?? from;
      }
    },
    acknowledge: async (sequence: number): Promise<number> => (await fetch(`${at}/acknowledgements`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ sequence }) })).status,
  };
}
