import { appendEvent } from '../../ledger/append.ts';
import { decidePair } from '../../storage/candidates/identity-duplicate-pair.ts';
import type { Database } from '../../storage/connect.ts';
import { pairOf } from '../../storage/identity.ts';
import type { PairDecision } from '../../terms/decision.ts';
import { AssayError } from '../../terms/errors.ts';

/**
 * What a person found two records to be. `different` is not raised again unless the demographics change; `same` waits
 * for the EHR to merge them: nothing is merged here. The next run judges the two again.
 * @throws AssayError ASSAY_PAIR_UNKNOWN
 */
export const decideRecords = (db: Database, records: { source: string; one: string; other: string }, decision: PairDecision, by: string): Promise<void> =>
  db.transaction(async (tx) => {
    const pair = await pairOf(tx, records.source, records.one, records.other);
    if (pair === undefined || !await decidePair(tx, pair, decision, by)) throw new AssayError('ASSAY_PAIR_UNKNOWN');
    await appendEvent(tx, 'decided', { source: pair.source, pair: `${pair.one} ${pair.other}`, decision, by }, []);
  });
