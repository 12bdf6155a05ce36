import type { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import type { Database } from '../../storage/connect.ts';
import { recordConsumerFacts, type ConsumerFacts } from '../../storage/feeds.ts';
import { AssayError } from '../../terms/errors.ts';

type Deps = { readonly db: Database; readonly appendEvent: typeof appendEvent };

/** Who the consumer is in law, from now on. @throws AssayError ASSAY_CONSUMER_UNKNOWN */
export async function describeConsumer({ db, appendEvent }: Deps, name: string, facts: ConsumerFacts): Promise<void> {
  await db.transaction(async (tx) => {
    const recorded = await recordConsumerFacts(tx, name, facts);
    if (recorded === undefined) throw new AssayError('ASSAY_CONSUMER_UNKNOWN');
    await appendEvent(tx, 'consumer-described', { consumer: recorded.consumer, by: facts.by }, await coveredRows(tx, 'consumer_record', [recorded.id]));
  });
}
