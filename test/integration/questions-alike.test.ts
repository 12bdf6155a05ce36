import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../../apps/cli.ts';
import { allQuestions, answerQuestion, type Given } from '../../ledger/questions/all-questions.ts';
import type { Answer } from '../../ledger/questions/answer.ts';
import { consoleApi } from '../support/console-api.ts';
import { testDatabase } from '../support/database.ts';
import { ledgerAtSize } from '../support/ledger-at-size.ts';
import { makeScratch } from '../support/scratch.ts';
import { testTemporal } from '../support/temporal.ts';

// Governance's questions over one recorded history, asked in each way: the answers are one.

const { db, url } = await testDatabase();
const { address, namespace } = await testTemporal();
const home = await makeScratch('questions');
const api = await consoleApi(db);
let given: Given;
beforeAll(async () => { ({ given } = await ledgerAtSize(db, { leaves: 3_000, entries: 6_000 })); }, 60_000);
afterAll(async () => { await api.close(); await home.remove(); });

const flag = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

async function overHttp(name: string, asked: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await api.inject({ url: `/api/audit/questions/${name}`, query: asked });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Answer>();
}

async function onTheCommandLine(name: string, asked: Readonly<Record<string, string>>): Promise<Answer> {
  let [out, err] = ['', ''];
  const code = await runCli(['audit', name, '--json', ...Object.entries(asked).flatMap(([key, value]) => [flag(key), value])], {
    out: (text) => { out += text; }, err: (text) => { err += text; }, cwd: home.path, stop: new AbortController().signal,
    env: { DATABASE_URL: url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, ASSAY_HOME: home.path },
  });
  expect(code, err).toBe(0);
  return (JSON.parse(out) as { answer: Answer }).answer;
}

test.for(allQuestions)('$name: $asks', async ({ name, needs, takes = [] }) => {
  const asked = Object.fromEntries([...needs, ...takes.includes('patient') ? ['source', 'patient'] as const : []].map((one) => [one, given[one] ?? '']));
  for (const way of [overHttp, onTheCommandLine]) {
    // Asked anew each time: to have asked about a patient is a view of the record, which the next answer names.
    const { rows, columns, leavesOut } = await answerQuestion(db, name, asked);
    expect(rows.length, 'there is something to answer').toBeGreaterThan(0);
    expect(await way(name, asked)).toMatchObject({ rows, columns, leavesOut });
  }
});
