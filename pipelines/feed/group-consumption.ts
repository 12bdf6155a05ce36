import type { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import type { Database } from '../../storage/connect.ts';
import { allFeeds, consumersWithGroups, recordGroupReach } from '../../storage/feeds.ts';
import { committedBy, sequenceBelow, topicsOf, type Committed } from './group-reach.ts';
import { kafkaClient, type KafkaSettings } from './kafka.ts';

type Deps = KafkaSettings & { readonly db: Database; readonly appendEvent: typeof appendEvent };

/**
 * What consumers' groups have committed becomes consumption (contract 19): up to the greatest sequence
 * number below any of a feed's committed offsets. Partitions are read unevenly, so a range may name
 * entries that the group has not come to yet: who may have had one is never left out.
 * @returns what a turn does; called again it reads messages only where offsets have moved
 */
export function watchGroups({ db, appendEvent, ...settings }: Deps): () => Promise<void> {
  const seen = new Map<string, string>();
  const kafka = kafkaClient(settings);
  return async () => {
    const consumers = await consumersWithGroups(db);
    if (consumers.length === 0) return;
    const feeds = await allFeeds(db);
    for (const { id: consumer, kafkaGroup, feeds: own } of consumers) {
      for (const feed of feeds.filter(({ id }) => own.includes(id))) {
        const committed = await committedBy(kafka, kafkaGroup, await topicsOf(kafka, `${settings.prefix ?? ''}${feed.name}.`));
        const key = `${consumer} ${feed.id}`;
        if (seen.get(key) === textOf(committed)) continue;
        const to = await sequenceBelow(kafka, committed);
        if (to !== undefined) {
          await db.transaction(async (tx) => {
            const range = await recordGroupReach(tx, consumer, feed, to);
            if (range === undefined) return;
            const { id, ...said } = range;
            await appendEvent(tx, 'range-consumed', { consumer, feed: feed.id, ...said, via: 'kafka' }, await coveredRows(tx, 'consumption', [id]));
          });
        }
        seen.set(key, textOf(committed));
      }
    }
  };
}

const textOf = (committed: Committed): string => JSON.stringify([...committed]);
