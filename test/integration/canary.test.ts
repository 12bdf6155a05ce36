import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { runApi } from '../../apps/api/run-api.ts';
import { loadConfig } from '../../apps/config.ts';
import { errorFacts } from '../../apps/log.ts';
import { isObject, parseExact, writeExact, type Json, type JsonObject } from '../../sandbox/json-exact.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { makeScratch } from '../support/scratch.ts';
import { allHistories } from '../support/histories.ts';
import { testProduct } from '../support/product.ts';

/** Each canary is this and eight hexadecimal digits: one a string of the population. */
const CANARY = 'canary';
let planted = 0;
const canary = (seed: string): string => { planted += 1; return `${CANARY}${createHash('sha256').update(seed).digest('hex').slice(0, 8)}`; };

/** Strings whose change would make the line no resource or no reference: what a code leaks is no person's. */
const kept = new Set(['resourceType', 'system', 'url', 'profile', 'versionId', 'lastUpdated']);
/** Dates cannot carry a word: a time carries this fraction of a second, a date this year. */
const [FRACTION, YEAR] = ['.73197319', '1873'];
/** Addresses that are a person's: where a document is, whose number it is. Those of extensions and code systems say what is meant. */
const isAddress = (path: string, key: string): boolean => (key === 'url' && /content\[\d+\]\.attachment/.test(path)) || (key === 'system' && /identifier\[\d+\]/.test(path));
const isDate = (text: string): boolean => /^\d{4}(-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?)?)?$/.test(text);
const withMark = (date: string): string => date.includes('T') ? date.replace(/(:\d\d)(\.\d+)?(?=Z|[+-])/, `$1${FRACTION}`) : date.replace(/^\d{4}/, YEAR);

/** The resource with a canary in every string that can carry one: ids and references alike, wherever they occur. */
function withCanaries(value: Json, path: string, ids: ReadonlyMap<string, string>, key = ''): Json {
  if (Array.isArray(value)) return value.map((item, index) => withCanaries(item, `${path}[${index}]`, ids, key));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withCanaries(inner as Json, `${path}.${name}`, ids, name)]));
  }
  if (typeof value !== 'string') return value;
  if (isAddress(path, key)) return `${value}/${canary(path)}`;
  if (kept.has(key)) return value;
  if (isDate(value)) return withMark(value);
  if (key === 'id') return ids.get(value) ?? value;
  if (key === 'reference') return value.replace(/[\w-]{36}$/, (id) => ids.get(id) ?? id);
  return `${value} ${canary(path)}`;
}

/** Some of the sample's patients with all that is theirs, every line planted. */
async function plantedFolder(folder: string): Promise<void> {
  const sample = await startSandbox({ auth: false, defects: false });
  try {
    const patients = new Set([...sample.store.current('Patient')].slice(0, 2).map(({ id }) => id));
    const chosen = sample.store.types().flatMap((type) => [...sample.store.current(type)]
      .filter(({ id, bytes }) => patients.has(id) || [...patients].some((patient) => bytes?.includes(patient)))
      .slice(0, 60));
    const ids = new Map(chosen.map(({ id }) => [id, canary(id)]));
    await mkdir(folder, { recursive: true });
    for (const [type, versions] of Map.groupBy(chosen, (version) => version.type)) {
      const lines = versions.map(({ id, bytes }) => writeExact(withCanaries(parseExact(bytes?.toString() ?? '{}'), `${type}/${id}`, ids) as JsonObject).toString());
      // Lines that are no resource carry one too: they go to quarantine.
      lines.push(`{"resourceType":"${type}","note":"${canary(`${type} without id`)}"}`, `not JSON ${canary(`${type} not JSON`)}`);
      await writeFile(join(folder, `${type}.ndjson`), `${lines.join('\n')}\n`);
    }
  } finally {
    await sample.stop();
  }
}

const data = await makeScratch('canary');
await plantedFolder(data.path);
// A source that fails on the way as well: errors must not quote it.
const { db, temporal, worker, sandbox, run } = await testProduct({ sandbox: { data: data.path } });
const { run: id } = await run();
sandbox.remove('Observation', [...sandbox.store.current('Observation')][0]?.id ?? '');
await sandbox.misbehave({ name: 'truncated-last-line', times: 1 });
await run();
afterAll(() => data.remove());

const leaks = (text: string): string[] =>
  [...new Set(text.match(new RegExp(`.{0,60}(${CANARY}[0-9a-f]{8}|\\${FRACTION}|\\b${YEAR}-\\d\\d)`, 'g')) ?? [])].slice(0, 5);

test('the population is full of canaries, and they landed', async () => {
  expect(planted).toBeGreaterThan(1_000);
  const { rows: [landed] } = await db.query<{ n: number; quarantined: number }>(
    `select count(*)::int as n, (select count(*)::int from quarantine where convert_from(bytes, 'UTF8') like '%${CANARY}%') as quarantined
       from version where run_id = $1 and logical_id like '${CANARY}%'`, [id]);
  expect(landed?.n).toBeGreaterThan(100);
  const texts = sandbox.store.types().flatMap((type) => [...sandbox.store.current(type)]).map(({ bytes }) => bytes?.toString() ?? '').join();
  for (const [what, least] of [[FRACTION, 100], [`"birthDate":"${YEAR}-`, 1], [`/${CANARY}`, 10]] as const) expect(texts.split(what).length - 1).toBeGreaterThanOrEqual(least);
  expect(landed?.quarantined).toBeGreaterThan(10);
});

test('none is in Temporal’s histories, ids or memos', async () => {
  const histories = await allHistories(temporal);
  expect(histories.length).toBeGreaterThanOrEqual(2);
  expect(leaks(histories.map(({ text }) => text).join())).toEqual([]);
});

test('none is in the worker’s log or its metrics', async () => {
  expect(await worker.log()).toContain('worker ready');
  expect(leaks(await worker.log())).toEqual([]);
  const metrics = await worker.metrics();
  expect(metrics).toContain('assay_activity_duration');
  expect(leaks(metrics)).toEqual([]);
});

test('none is in what the API answers, in its log or its metrics, also where it refuses', async () => {
  const said: string[] = [];
  const log = pino({ level: 'trace', serializers: { err: errorFacts } }, { write: (line: string) => { said.push(line); } });
  const api = await runApi(loadConfig({ env: { ASSAY_API_PORT: '0' }, cwd: data.path }), { postgres: { url: 'postgres://u@127.0.0.1/d', from: '', stop: async () => {} }, temporal: { address: '127.0.0.1:1', ui: undefined, from: '', stop: async () => {} } },
    { db, temporal, close: async () => {} }, log);
  try {
    const ask = async (path: string, init: RequestInit = {}): Promise<string> => {
      const answer = await fetch(`${api.url}${path}`, init);
      return `${answer.status} ${path.replaceAll(new RegExp(`${CANARY}\\w+`, 'g'), '')} ${await answer.text()}`;
    };
    const { rows: cases } = await db.query<{ id: string }>('select id from exception order by id limit 5');
    const asked = ['/api/sources', '/api/runs', `/api/runs/${id}`, '/api/exceptions', ...cases.map((one) => `/api/exceptions/${one.id}`), '/api/status', '/api/feeds', '/metrics'];
    const answers = await Promise.all(asked.map((path) => ask(path)));
    expect(answers.filter((text) => text.startsWith('200')).length).toBeGreaterThan(5);
    const word = canary('a request');
    answers.push(
      await ask(`/api/${word}?${word}=${word}`), await ask(`/api/runs?source=${word}`), await ask(`/api/runs/${word}`), await ask(`/feeds/${word}/entries?after=${word}`),
      await ask('/feeds/care/entries', { headers: { authorization: `Bearer ${word}` } }), await ask('/api/sources/ehr/runs', { method: 'POST', body: `{"${word}"`, headers: { 'content-type': 'application/json' } }));
    // A case names its records by type and id: whoever decides must find them. Nothing else of them is there.
    expect(leaks(answers.join('\n').replaceAll(new RegExp(`"id":"${CANARY}[0-9a-f]{8}"`, 'g'), ''))).toEqual([]);
    expect(leaks(said.join('\n'))).toEqual([]);
  } finally {
    await api.stop();
  }
});

/** All that is written about records and is read by people, exported or signed; without the columns that name the record. */
const about = {
  'lists of findings': `select findings from finding_list`,
  verdicts: `select outcome, flags, cleared, purposes from verdict`,
  exceptions: `select rule, cause, state, closed_by, owner from exception`,
  events: `select kind, convert_from(body, 'UTF8') as body from event`,
  runs: `select asked, state, phase, error_code, error_detail from run`,
  types: `select type, state, error_code from run_type`,
  files: `select error_code, error_detail from run_file`,
  quarantine: `select error_code from quarantine`,
};

test.for(Object.entries(about))('none is in what is written about records: %s', async ([, statement]) => {
  const { rows } = await db.query(statement);
  expect(rows.length).toBeGreaterThan(0);
  expect(leaks(JSON.stringify(rows))).toEqual([]);
});
