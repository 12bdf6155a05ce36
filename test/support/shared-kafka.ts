import { startKafkaBroker } from './kafka-broker.ts';
import type { Shared } from './shared-services.ts';

/** The run's broker: never killed; a test that kills one starts its own. */
export async function startSharedKafka(): Promise<Shared<'kafka'>> {
  const broker = await startKafkaBroker();
  return { told: { brokers: broker.brokers }, stop: () => broker.stop() };
}
