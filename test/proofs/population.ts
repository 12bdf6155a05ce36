/** `npm run proof -- population`: all of ../shared/synthea/us-core-6.1.0 through the sandbox, each purpose's feed byte for byte; its result is written to docs/proof/population.md. */
import { proveByTests } from '../support/prove-by-tests.ts';

process.exitCode = await proveByTests('population', 'A whole population through the sandbox, and its feeds byte for byte', 'test/integration/population.test.ts') ? 0 : 1;
