import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileAnchor } from '../../ledger/anchors/file-anchor.ts';
import { checkpointsIn, topicAnchor } from '../../ledger/anchors/topic-anchor.ts';
import { appendEvent } from '../../ledger/append.ts';
import { asQuery } from '../../ledger/as-query.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { verifyStore } from '../../ledger/verify/store.ts';
import { rememberingTopic } from '../../pipelines/feed/remembering-topic.ts';
import { testDatabase } from '../support/database.ts';
import { startKafkaBroker } from '../support/kafka-broker.ts';
import { ledgerHistory } from '../support/ledger-history.ts';
import { topicSettings } from '../support/read-topics.ts';
import { requireForFile } from '../support/require.ts';
import { makeScratch } from '../support/scratch.ts';

if (requireForFile('java', 'maven')) {
  const { db } = await testDatabase();

  test('a topic remembers each checkpoint once, through a broker’s death; a rewritten history is found against it', { timeout: 120_000 }, async () => {
    const broker = await startKafkaBroker();
    const scratch = await makeScratch('topic');
    const ledger = await ledgerHistory(db, 21, 0, false);
    try {
      const topic = () => rememberingTopic({ brokers: broker.brokers }, 'checkpoints');
      const unreached: string[] = [];
      const signing = { ...ledger.signing, anchors: [fileAnchor(join(scratch.path, 'f')), topicAnchor(topic())], unreached: (anchor: string) => unreached.push(anchor) };
      const more = () => db.transaction((tx) => appendEvent(tx, 'decided', { by: 'ada', n: 1 }));
      await makeCheckpoint(signing);
      await makeCheckpoint(signing); // no news: nothing is written
      await more();
      await broker.kill();
      const alone = await makeCheckpoint(signing); // the broker is away: signed all the same
      expect(unreached).toEqual(['topic checkpoints']);
      await broker.start();
      expect(await makeCheckpoint(signing)).toBe(alone); // and put there with the next one
      await more();
      await makeCheckpoint(signing);
      const remembered = await checkpointsIn(topic()); // another process reads all of it
      expect(remembered.map((one) => one.size)).toEqual((await db.query<{ size: number }>('select size::int from checkpoint order by size')).rows.map((row) => row.size));
      expect(remembered).toHaveLength(3);
      expect(await topicSettings(broker.brokers, 'checkpoints')).toMatchObject({ 'retention.ms': '-1', 'cleanup.policy': 'delete' });
      expect((await verifyStore({ query: asQuery(db), remembered })).troubles).toEqual([]);
      // The database's owner goes back, with the file beside it; the topic remembers.
      await db.query('delete from checkpoint where size = (select max(size) from checkpoint)');
      await db.query('update event set leaf = null where leaf >= (select max(size) from checkpoint)');
      await db.query('update ledger set size = (select max(size) from checkpoint)');
      await expect(makeCheckpoint({ ...signing, anchors: [topicAnchor(topic())] })).rejects.toMatchObject({ code: 'ASSAY_LEDGER_ROLLED_BACK' });
      expect((await verifyStore({ query: asQuery(db), remembered })).troubles.map((one) => one.kind)).toContain('rolled-back');
    } finally {
      await broker.stop();
      await scratch.remove();
      await ledger.remove();
    }
  });
}
