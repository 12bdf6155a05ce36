import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { appendEvents } from '../../ledger/append.ts';
import { testDatabase } from '../../test/support/database.ts';
import { judgedVersions } from '../../test/support/judged-versions.ts';
import { testKafka } from '../../test/support/kafka.ts';
import { readTopics, topicSettings, type ReadMessage } from '../../test/support/read-topics.ts';
import { requireForFile } from '../../test/support/require.ts';
import { createReleaseActivities } from '../release/activities.ts';
import { ensureFeeds } from './feeds.ts';
import { startPublisher, type PublisherDeps } from './publish.ts';

if (requireForFile('java', 'maven')) {
  const { db } = await testDatabase();
  const { brokers, prefix } = await testKafka();
  const judged = await judgedVersions(db);
  const { releasePartition } = createReleaseActivities({ db, appendEvents });
  await ensureFeeds(db, [{ name: 'care', purpose: 'care' }]);

  async function release(id: string, text: string | null, outcome: 'release' | 'hold' = 'release'): Promise<void> {
    const run = await judged.run();
    const version = await judged.land(run, id, text);
    if (text !== null) await judged.judge(run, version, outcome);
    await releasePartition(await judged.partition(run));
  }
  function publisher(more: Partial<PublisherDeps> = {}): () => Promise<void> {
    const stop = new AbortController();
    const done = startPublisher({ db, brokers, prefix, signal: stop.signal, log: { info() {}, warn() {} }, idleMs: 20, maxMessageBytes: 100_000, feedUrl: 'https://api.example', ...more });
    const end = async (): Promise<void> => { stop.abort(); await done; };
    onTestFinished(end);
    return end;
  }
  const sequences = (read: readonly ReadMessage[]) => read.map((message) => Number(message.headers['ce_sequence']));
  const awkward = '{"resourceType":"Observation", "id":"a",\t"x":1.10, "é\u2028":"\\u0041"}';

  test('value topics hold each entry once, byte for byte; current the last state', async () => {
    await release('a', awkward);
    await release('b', '{"b":1}');
    await release('b', '{"b":2}', 'hold');
    await release('b', null);
    await release('c', JSON.stringify({ c: 'x'.repeat(100_000) }));
    publisher();
    const values = await readTopics(brokers, new RegExp(`^${prefix}care\\.Observation$`), (read) => read.length >= 5);
    expect(values.map(({ key, value, headers }) => [key.split('/').slice(1).join('/'), value?.toString() ?? null, headers['ce_type']])).toEqual([
      ['Observation/a', awkward, 'fhir-assay.release'],
      ['Observation/b', null, 'fhir-assay.release'],
      ['Observation/b', null, 'fhir-assay.stale'],
      ['Observation/b', null, 'fhir-assay.retraction'],
      ['Observation/c', '', 'fhir-assay.release'],
    ]);
    const [a, b, stale, gone, c] = values;
    expect(a?.headers).toMatchObject({
      ce_specversion: '1.0', ce_source: 'urn:fhir-assay:feed:care', ce_subject: a?.key, ce_verdict: 'release', ce_flags: '',
      ce_hash: createHash('sha256').update(awkward).digest('hex'), ce_ruleset: expect.stringMatching(/^[0-9a-f]{64}$/), 'content-type': 'application/fhir+json',
    });
    expect(b?.headers['ce_withdrawn']).toBe('true');
    expect(stale?.headers['ce_about']).toBe(b?.headers['ce_sequence']);
    expect(gone?.headers).toMatchObject({ ce_about: b?.headers['ce_sequence'], ce_reason: 'deleted' });
    expect(c?.headers['ce_dataref']).toBe(`https://api.example/feeds/care/entries?after=${Number(c?.headers['ce_sequence']) - 1}&limit=1`);
    const current = await readTopics(brokers, new RegExp(`^${prefix}care\\.current$`), (read) => read.length >= 4);
    const state = new Map(current.map(({ key, value }) => [key.split('/').at(-1), value?.toString() ?? null]));
    expect(Object.fromEntries(state)).toEqual({ a: awkward, b: null, c: '' });
    expect(await topicSettings(brokers, `${prefix}care.current`)).toMatchObject({ 'cleanup.policy': 'compact' });
    expect(await topicSettings(brokers, `${prefix}care.Observation`)).toMatchObject({ 'cleanup.policy': 'delete', 'max.message.bytes': '100000' });
  });

  test('it goes on where it stopped, and a feed made later gets everything', async () => {
    const stop = publisher();
    await release('d', '{"d":1}');
    await readTopics(brokers, new RegExp(`^${prefix}care\\.Observation$`), (read) => read.some((one) => one.key.endsWith('/d')));
    await stop();
    await release('e', '{"e":1}');
    await ensureFeeds(db, [{ name: 'late', purpose: 'care' }]);
    publisher();
    const late = await readTopics(brokers, new RegExp(`^${prefix}late\\.Observation$`), (read) => read.some((one) => one.key.endsWith('/e')));
    const care = await readTopics(brokers, new RegExp(`^${prefix}care\\.Observation$`), (read) => read.some((one) => one.key.endsWith('/e')));
    const { rows } = await db.query<{ sequence: number }>(`select sequence::float8 as sequence from feed_entry where purpose = 'care' order by sequence`);
    expect(sequences(care)).toEqual(rows.map((row) => row.sequence));
    expect(sequences(late)).toEqual(sequences(care));
  });

  test('many small entries in one transaction fit the topic; two publishers: one works, then the other', async () => {
    const [first] = [publisher(), publisher()];
    const run = await judged.run();
    for (let i = 0; i < 300; i++) await judged.judge(run, await judged.land(run, `m${i}`, JSON.stringify({ i, pad: `${i}`.repeat(300) })), 'release', { purposes: ['care'] });
    await releasePartition(await judged.partition(run));
    await readTopics(brokers, new RegExp(`^${prefix}care\\.Observation$`), (read) => read.some((one) => one.key.endsWith('/m299')));
    await first!();
    await release('after', '{}');
    const care = await readTopics(brokers, new RegExp(`^${prefix}care\\.Observation$`), (read) => read.some((one) => one.key.endsWith('/after')));
    const { rows } = await db.query<{ sequence: number }>(`select sequence::float8 as sequence from feed_entry where purpose = 'care' order by sequence`);
    expect(sequences(care)).toEqual(rows.map((row) => row.sequence));
  });
}
