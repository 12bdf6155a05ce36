import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { startKafkaBroker } from '../support/kafka-broker.ts';
import { publisherTrial } from '../support/publisher-trial.ts';
import { requireForFile } from '../support/require.ts';

// In full: npm run proof -- publisher
const [KILLS, OUTAGE_MS] = [10, 5_000];

if (requireForFile('java', 'maven')) {
  const { db, url } = await testDatabase();
  const broker = await startKafkaBroker();
  afterAll(() => broker.stop());
  const trial = await publisherTrial({ db, url, broker, seed: 11 });

  test(`${KILLS} times kill -9 of the publisher and of the broker: each entry once`, { timeout: 300_000 }, async () => {
    const { entries, wrong } = await trial.kills(KILLS);
    expect(wrong).toBe(0);
    expect(entries).toBeGreaterThan(100);
  });

  test(`${OUTAGE_MS / 1000} s without Kafka: the publisher waits and goes on`, { timeout: 300_000 }, async () => {
    const { entries, wrong, running } = await trial.outage(OUTAGE_MS);
    expect({ wrong, running }).toEqual({ wrong: 0, running: true });
    expect(entries).toBeGreaterThan(240);
  });
}
