import { connect } from '../../storage/connect.ts';
import { startPublisher } from '../../pipelines/feed/publish.ts';

/** A publisher as a process of its own, to be killed: `node publisher-process.ts DATABASE_URL BROKERS PREFIX`. */
const [url, brokers, prefix] = process.argv.slice(2) as [string, string, string];
await startPublisher({
  db: connect(url, { connections: 3 }), brokers, prefix, idleMs: 20, retryMs: 200, signal: new AbortController().signal,
  log: { info: () => {}, warn: (facts, says) => console.error(says, JSON.stringify(facts)) },
});
