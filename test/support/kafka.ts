import { randomUUID } from 'node:crypto';
import { askService } from './ask-service.ts';

export type TestKafka = {
  /** What goes into KAFKA_BROKERS. */
  readonly brokers: string;
  /** Put before topic and group names: the broker is shared with other test files. */
  readonly prefix: string;
};

/** The run's broker, for `if (requireForFile('java', 'maven')) { const kafka = await testKafka(); … }`. */
export async function testKafka(): Promise<TestKafka> {
  const { brokers } = await askService('kafka');
  return { brokers, prefix: `t${randomUUID().slice(0, 8)}-` };
}
