/** `npm run proof -- publisher`: a hundred kill -9 of the publisher and the broker, and a minute without Kafka; its result is written to docs/proof/publisher.md. */
import { proveByTests } from '../support/prove-by-tests.ts';

process.exitCode = await proveByTests('publisher', 'The publisher and the broker killed; a minute without Kafka', 'test/faults/publisher-kills.test.ts') ? 0 : 1;
