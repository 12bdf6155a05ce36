/**
 * How long the API takes for a page of the work queue, and its counts, with many open cases: `npm run bench -- queue [cases]`.
 * The cases are made by SQL from one that came the product's own way: half as many versions again, six sources, forty rules. Prints a table.
 */
import { consoleApi } from '../test/support/console-api.ts';
import { fillQueue } from '../test/support/fill-queue.ts';
import { ownServices } from '../test/support/own-services.ts';

const CASES = Number(process.argv[2] ?? 100_000);
const TIMES = 15;

const services = await ownServices();
const { db } = services;
const api = await consoleApi(db);
try {
  const { sources, rules } = await fillQueue(db, CASES);
  const { exceptions: page, next } = await ask<{ exceptions: { id: string }[]; next: string }>('/api/exceptions?limit=50');
  const deep = await far(CASES / 2);
  const asked: [string, string][] = [
    ['first page, most urgent first', '?limit=50'], ['first page of 200', '?limit=200'], ['second page', `?limit=50&after=${next}`],
    ['a page in the middle', `?limit=50&after=${deep}`], ['by due date', '?limit=50&order=due'], ['oldest first', '?limit=50&order=oldest'],
    ['of one rule', `?limit=50&rule=${rules[3]}`], ['of one source', `?limit=50&source=${sources[2]}`], ['of one source and rule, oldest first', `?limit=50&source=${sources[2]}&rule=${rules[3]}&order=oldest`],
    ['priority 1', '?limit=50&priority=1'], ['of one team', '?limit=50&owner=coding'], ['waiting for training', '?limit=50&purpose=training'],
    ['of a resource type that few have', '?limit=50&type=Procedure'], ['of a type that none has', '?limit=50&type=Immunization'], ['late', '?limit=50&due=late'], ['over 30 days old', '?limit=50&age=over-30'],
    ['nobody’s', '?limit=50&assignee=nobody'], ['of a person who has few', '?limit=50&assignee=mara'], ['of a model', '?limit=50&owner=ai&model=Condition'],
  ];
  console.log(`| ${CASES.toLocaleString('en')} open cases, ${TIMES} times each | median ms | slowest ms |\n|---|---|---|`);
  for (const [what, query] of asked) await line(what, `/api/exceptions${query}`);
  await line('a case', `/api/exceptions/${page[0]?.id}`);
  await line('counts, all', '/api/exceptions/counts');
  await line('counts, one rule', `/api/exceptions/counts?rule=${rules[3]}`);
  await line('counts, waiting for training', '/api/exceptions/counts?purpose=training');
  const { open } = await ask<{ open: number }>('/api/exceptions/counts');
  console.log(`\nThe counts name ${open} open cases.`);
} finally {
  await api.close();
  await services.stop();
}

async function ask<T>(url: string): Promise<T> {
  const answer = await api.inject(url);
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
  return answer.json<T>();
}

/** The cursor behind so many cases. */
async function far(count: number): Promise<string> {
  const { rows: [row] } = await db.query<{ priority: number; dueAt: string; id: string }>(
    `select priority, due_at::text as "dueAt", id::text from exception where state = 'open' order by priority, due_at, id offset $1 limit 1`, [count]);
  return Buffer.from(JSON.stringify([row?.priority, row?.dueAt, row?.id])).toString('base64url');
}

async function line(what: string, url: string): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    const began = performance.now();
    await ask(url);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  console.log(`| ${what} | ${Math.round(times[Math.floor(TIMES / 2)] ?? 0)} | ${Math.round(times.at(-1) ?? 0)} |`);
}
