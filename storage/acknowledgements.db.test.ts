import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import { asker, exceptionStage, heldCase, signature, view } from '../test/support/held-cases.ts';
import { acknowledgements } from './acknowledgements.ts';
import { decisionsOf } from './decisions.ts';
import { admitConsumer, feedHead, recordConsumption, settleFeed } from './feeds.ts';
import { recordAcknowledgement } from './retraction.ts';

const { db } = await testDatabase();
const ask = asker(db, exceptionStage(db));

test('what was taken back is waited for from each consumer that was given it: read, then acknowledged', async () => {
  const feed = await settleFeed(db, { name: 'care', purpose: 'care', types: null, sources: null });
  const consumer = await db.transaction((tx) => admitConsumer(tx, { name: 'triage-model', feeds: [feed.id], purpose: 'care', models: [], kafkaGroup: null }, randomBytes(32)));
  await db.transaction((tx) => admitConsumer(tx, { name: 'never-read', feeds: [feed.id], purpose: 'care', models: [], kafkaGroup: null }, randomBytes(32)));
  const { exception } = await heldCase(db, ['a', 'b']);
  await ask(exception, { act: 'decide', view: view() });
  const given = await feedHead(db);
  await db.transaction((tx) => recordConsumption(tx, consumer?.id ?? 0, feed.id, 1, given, given));
  const [made] = await decisionsOf(db, exception);
  await ask(exception, { act: 'reverse', decision: made?.decision.decision ?? '', reason: 'Wrong patient.', signature });
  const about = { consumer: 'triage-model', purpose: 'care', retractions: 2 };
  expect(await acknowledgements(db, exception)).toEqual([{ ...about, read: 0, acknowledged: 0, since: expect.any(Date) }]);
  const head = await feedHead(db);
  await db.transaction((tx) => recordConsumption(tx, consumer?.id ?? 0, feed.id, given + 1, head, head - given));
  expect(await acknowledgements(db, exception)).toEqual([{ ...about, read: 2, acknowledged: 0, since: expect.any(Date) }]);
  await recordAcknowledgement(db, consumer?.id ?? 0, feed.id, head);
  expect(await acknowledgements(db, exception)).toEqual([{ ...about, read: 2, acknowledged: 2, since: null }]);
});
