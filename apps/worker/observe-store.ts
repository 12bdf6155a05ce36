import type { Database } from '../../storage/connect.ts';
import type { Metrics } from '../metrics.ts';

type Row = { value: number; label: string };

/** Gauges read from the store when somebody scrapes; no label holds more than names of sources, states and consumers. */
export function observeStore(metrics: Metrics, db: Database): void {
  const gauge = (name: string, description: string, label: string, sql: string) => metrics.observe(name, description, async () =>
    (await db.query<Row>(sql)).rows.map((row) => ({ value: row.value, labels: { [label]: row.label } })));
  gauge('assay_feed_sequence', 'Newest sequence of the feeds', 'feed', `select n::float8 as value, 'all' as label from feed_head`);
  gauge('assay_exceptions_open', 'Cases that wait for people', 'owner',
    `select count(*)::float8 as value, owner as label from exception where state = 'open' group by owner`);
  gauge('assay_runs', 'Runs by state', 'state', 'select count(*)::float8 as value, state as label from run group by state');
  gauge('assay_quarantined', 'Items that became no version', 'error_code',
    'select count(*)::float8 as value, error_code as label from quarantine group by error_code');
  gauge('assay_consumer_lag', 'Entries of the sequence that a consumer has not read', 'consumer',
    `select (h.n - coalesce((select max(to_sequence) from consumption where consumer_id = c.id), 0))::float8 as value, c.name as label
       from consumer c cross join feed_head h where c.revoked_at is null`);
}
