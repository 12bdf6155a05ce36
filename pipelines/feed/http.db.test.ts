import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { beforeAll, describe, expect, test } from 'vitest';
import { appendEvent, appendEvents } from '../../ledger/append.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { structures } from '../../apps/product/structure.ts';
import { testDatabase } from '../../test/support/database.ts';
import { judgedVersions } from '../../test/support/judged-versions.ts';
import { createReleaseActivities } from '../release/activities.ts';
import type { asyncApi } from './asyncapi.ts';
import { createConsumer, renewToken, revokeToken } from './consumers.ts';
import { ensureFeeds } from './feeds.ts';
import { feedRoutes } from './http.ts';

const { db } = await testDatabase();
const { releasePartition, retractVersions } = createReleaseActivities({ db, appendEvents });
const judged = await judgedVersions(db);
await ensureFeeds(db);
await ensureFeeds(db, [{ name: 'care-patients', purpose: 'care', types: ['Patient'] }]);
const { token, consumer } = await createConsumer({ db, appendEvent }, { name: 'sepsis-model', feeds: ['care', 'care-patients'], models: ['sepsis@3'] });
const app = Fastify({ forceCloseConnections: true });
await app.register(feedRoutes, { db, appendEvent, heartbeatMs: 300, structureOf: structures([]), names: { api: 'https://assay.example/x', prefix: 'p-' } });
const address = await app.listen({ host: '127.0.0.1', port: 0 });
const ask = (path: string, headers: Record<string, string> = {}, bearer = token) =>
  fetch(`${address}${path}`, { headers: { authorization: `Bearer ${bearer}`, ...headers } });
type Line = { sequence: number; kind: string; id: string; hash: string; value?: string; withdrawn?: true; about?: number; reason?: string };
const entries = async (query = '', feed = 'care'): Promise<Line[]> =>
  (await (await ask(`/feeds/${feed}/entries?${query}`)).text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
async function release(id: string, text: string | null, more: { type?: string } = {}): Promise<string> {
  const run = await judged.run();
  const version = await judged.land(run, id, text, more);
  if (text !== null) await judged.judge(run, version, 'release', { purposes: ['care'] });
  await releasePartition(await judged.partition(run));
  return version;
}
const awkward = `{"resourceType":"Observation", "id":"one",\t"x":1.10, "é\u2028😀":"\\u0041\\"\\n"}`;

beforeAll(async () => {
  await release('one', awkward);
  await release('two', '{"id":"two","resourceType":"Patient"}', { type: 'Patient' });
  return () => app.close();
});

describe('the feed over HTTP', () => {
  test('each line holds the exact bytes and their SHA-256', async () => {
    const [one, two] = await entries();
    expect(one).toMatchObject({ sequence: 1, kind: 'release', type: 'Observation', id: 'one', versionId: null, verdict: 'release', flags: [], value: awkward });
    expect(one?.hash).toBe(createHash('sha256').update(awkward).digest('hex'));
    expect(two?.sequence).toBe(2);
    expect(await entries('after=1')).toEqual([two]);
    expect(await entries('limit=1')).toEqual([one]);
    expect(await entries('', 'care-patients')).toEqual([two]);
  });

  test.each([
    ['/feeds/care/entries', 'nobody', 401, 'ASSAY_FEED_TOKEN_REFUSED'],
    ['/feeds/training/entries', undefined, 403, 'ASSAY_FEED_FORBIDDEN'],
    ['/feeds/nothing/entries', undefined, 404, 'ASSAY_FEED_UNKNOWN'],
    ['/feeds/care/entries?after=-1', undefined, 400, 'ASSAY_FEED_QUERY_INVALID'],
    ['/feeds/care/entries?limit=secret', undefined, 400, 'ASSAY_FEED_QUERY_INVALID'],
  ])('%s as %s is refused with %i %s', async (path, bearer, status, code) => {
    const response = await ask(path, {}, bearer);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ code, status });
    expect(body).not.toContain('secret');
  });

  test('a token is only as good as it is current, and the database holds its hash alone', async () => {
    const made = await createConsumer({ db, appendEvent }, { name: 'other', feeds: ['training'] });
    const { rows } = await db.query('select * from consumer');
    expect(JSON.stringify(rows)).not.toContain(made.token);
    const renewed = await renewToken({ db, appendEvent }, 'other');
    expect((await ask('/feeds', {}, made.token)).status).toBe(401);
    expect(await (await ask('/feeds', {}, renewed.token)).json()).toMatchObject([{ name: 'training', purpose: 'training' }]);
    await revokeToken({ db, appendEvent }, 'other');
    expect((await ask('/feeds', {}, renewed.token)).status).toBe(401);
    await expect(createConsumer({ db, appendEvent }, { name: 'both', feeds: ['care', 'training'] })).rejects.toThrow('more than one purpose');
    await expect(createConsumer({ db, appendEvent }, { name: 'other', feeds: ['care'] })).rejects.toThrow('exists');
  });

  test('a feed’s contract: AsyncAPI with its own topics and addresses, and each type’s structure as JSON Schema', async () => {
    const contract = await (await ask('/feeds/care-patients/contract')).json() as ReturnType<typeof asyncApi>;
    expect(contract.asyncapi).toBe('3.0.0');
    expect(Object.values(contract.channels).map(({ address }) => address)).toEqual(['p-care-patients.{type}', 'p-care-patients.current', '/feeds/care-patients/entries']);
    expect(contract.servers.http).toEqual({ host: 'assay.example', protocol: 'https', pathname: '/x' });
    expect(contract.channels.values.parameters.type).toMatchObject({ enum: ['Patient'] });
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const line of await entries()) expect([ajv.validate(contract.components.schemas.entry, line), ajv.errors]).toEqual([true, null]);
    const answer = await ask('/feeds/care-patients/contract/Patient');
    expect(answer.headers.get('content-type')).toContain('application/schema+json');
    const isPatient = ajv.compile(await answer.json() as object);
    expect(isPatient({ resourceType: 'Patient', id: 'two', active: true })).toBe(true);
    expect(isPatient({ resourceType: 'Patient', active: 'yes' })).toBe(false);
    for (const [path, status] of [['care-patients/contract/Observation', 404], ['care/contract/Nonsense', 404], ['care/contract/x', 400], ['training/contract', 403], ['none/contract', 404]] as const) {
      expect([path, (await ask(`/feeds/${path}`)).status]).toEqual([path, status]);
    }
    expect((await ask('/feeds/care/contract', {}, 'nobody')).status).toBe(401);
  }, 60_000);

  test('a feed keeps what it selects', async () => {
    await expect(ensureFeeds(db, [{ name: 'care', purpose: 'training' }])).rejects.toMatchObject({ code: 'ASSAY_FEED_CHANGED' });
    await expect(ensureFeeds(db, [{ name: 'care', purpose: 'care', types: ['Patient'] }])).rejects.toMatchObject({ code: 'ASSAY_FEED_CHANGED' });
    await expect(ensureFeeds(db, [{ name: 'no/slash', purpose: 'care' }])).rejects.toMatchObject({ code: 'ASSAY_FEED_NAME_INVALID' });
  });

  test('what is given is on record as a range, with its event', async () => {
    await db.query('delete from consumption');
    await entries('after=0&limit=2');
    const { rows } = await db.query(`select consumer_id, from_sequence, to_sequence, entries from consumption`);
    expect(rows).toEqual([{ consumer_id: consumer.id, from_sequence: '1', to_sequence: '2', entries: 2 }]);
    const { rows: [event] } = await db.query<{ body: Buffer }>(`select body from event where kind = 'range-consumed' order by id desc limit 1`);
    expect(JSON.parse(event!.body.toString())).toMatchObject({ consumer: consumer.id, from: 1, to: 2, entries: 2 });
  });

  test('a replay of what was retracted or erased gives the entry without its value', async () => {
    await release('three', '{"v":1}');
    const second = await release('three', '{"v":2}');
    await retractVersions([second], ['care'], 'reversed');
    const erased = await release('four', '{"v":4}');
    await db.query('update version set bytes = null where id = $1', [erased]);
    await release('three', '{"v":3}');
    const replay = (await entries()).filter((entry) => ['three', 'four'].includes(entry.id));
    expect(replay.map(({ kind, id, value, withdrawn, reason }) => ({ kind, id, value, withdrawn, reason }))).toEqual([
      { kind: 'release', id: 'three', withdrawn: true }, { kind: 'release', id: 'three', withdrawn: true },
      { kind: 'retraction', id: 'three', reason: 'reversed' }, { kind: 'release', id: 'four', withdrawn: true },
      { kind: 'release', id: 'three', value: '{"v":3}' },
    ]);
    const [, retracted, retraction] = replay;
    expect(retraction).toMatchObject({ about: retracted?.sequence, hash: retracted?.hash });
  });

  test('server-sent events: the same lines, then what comes, from Last-Event-ID on', async () => {
    const known = await entries();
    const stop = new AbortController();
    const response = await fetch(`${address}/feeds/care/entries`, {
      signal: stop.signal, headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', 'last-event-id': '1' } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reading = (async () => { for await (const part of response.body!) text += Buffer.from(part).toString(); })().catch(() => {});
    const until = async (what: RegExp) => { while (!what.test(text)) await new Promise((resolve) => setTimeout(resolve, 20)); };
    await until(new RegExp(`id: ${known.at(-1)!.sequence}\n`));
    await until(/: heartbeat/);
    await release('live', '{"live":true}');
    await until(/"live\\":true/);
    stop.abort();
    await reading;
    const events = text.split('\n\n').filter((event) => event.includes('data: ')).map((event) => JSON.parse(event.split('data: ')[1]!) as Line);
    expect(events.slice(0, known.length - 1)).toEqual(known.slice(1));
    expect(events.at(-1)).toMatchObject({ id: 'live', kind: 'release' });
  });
});
