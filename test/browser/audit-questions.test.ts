import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { buildWebIfStale } from '../../console/web/build.ts';
import { answerWords } from '../../console/web/words/answer-words.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { allQuestions, answerQuestion, type Parameter } from '../../ledger/questions/all-questions.ts';
import type { Cell } from '../../ledger/questions/answer.ts';
import { accessibilityFindings, keepScreenshot, openBrowser, openPage, whatIsCut, type OpenPage } from '../support/browser.ts';
import { consoleApi } from '../support/console-api.ts';
import { testDatabase } from '../support/database.ts';
import { ledgerAtSize } from '../support/ledger-at-size.ts';
import { requireForFile } from '../support/require.ts';

// Over one recorded history a person asks each of governance's questions on the page; questions-alike.test.ts asks them by API and command.

const INSTANT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?\+00$/;

/** What the page says for a cell: a code in words, an instant by its element, so that the reader's zone has no say. */
function onPage(column: string, cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  const [, day, time] = INSTANT.exec(String(cell)) ?? [];
  return day === undefined ? answerWords(column, String(cell)) : `${day}T${time}Z`;
}

const tableOf = (page: OpenPage): Promise<string[][]> => page.locator('section.card table.rows').evaluate((table) =>
  [...table.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.querySelector('time')?.dateTime ?? cell.textContent ?? '')));

if (requireForFile('chromium')) {
  const { db } = await testDatabase();
  const { given } = await ledgerAtSize(db, { leaves: 1_500, entries: 2_000 });
  await makeCheckpoint({ db, key: generateKeyPairSync('ed25519').privateKey, anchors: [] });
  const api = await consoleApi(db, { webRoot: await buildWebIfStale() });
  await api.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`;
  afterAll(() => api.close());
  const browser = await openBrowser();

  test.for(allQuestions)('$name: $asks', async ({ name, asks, needs, takes = [] }) => {
    const wanted: readonly Parameter[] = [...needs, ...takes.includes('patient') ? ['source', 'patient'] as const : []];
    // Before the page asks: to ask about a patient is a view of the record, which the next answer names.
    const { columns, rows, leavesOut } = await answerQuestion(db, name, Object.fromEntries(wanted.map((one) => [one, given[one] ?? ''])));
    const page = await openPage(browser, url);
    const asked: string[] = [];
    page.on('request', (request) => { if (request.url().includes('/api/audit/questions/')) asked.push(new URL(request.url()).pathname); });
    await page.goto('/audit');
    await page.getByRole('combobox', { name: 'Question' }).selectOption({ label: asks });
    for (const one of wanted) await page.locator(`input[name=${one}]`).fill(given[one] ?? '');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.locator('section.card table.rows').waitFor();
    const names = Object.keys(columns);
    await keepScreenshot(page, `audit-question-${name}`);
    expect([...await whatIsCut(page), ...await accessibilityFindings(page), ...page.complaints]).toEqual([]);
    if (rows.length > 200) await page.getByRole('button', { name: 'Show all' }).click();
    expect(await tableOf(page)).toEqual([names.map((key) => columns[key]), ...rows.map((row) => names.map((key) => onPage(key, row[key])))]);
    for (const one of leavesOut) await page.getByText(one, { exact: true }).waitFor();
    expect(asked).toEqual([`/api/audit/questions/${name}`]);
    await page.context().close();
  });
}
