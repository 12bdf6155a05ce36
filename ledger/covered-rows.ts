import type { Queryable } from '../storage/connect.ts';
import type { CoveredRow, RowValue } from '../terms/event.ts';
import { factTables } from './verify/fact-tables.ts';
import { asQuery } from './as-query.ts';
import { readFacts } from './verify/rows.ts';

/**
 * Rows as they now stand, for the event of the transaction that wrote them. For what people do; the
 * stages, which write rows by the hundred, say them without reading them again.
 */
export async function coveredRows(tx: Queryable, table: string, ids: readonly (string | number)[]): Promise<CoveredRow[]> {
  const fact = factTables.find((one) => one.table === table);
  if (fact === undefined) throw new Error(`${table} is not listed in ledger/verify/fact-tables.ts`);
  const facts = await readFacts(asQuery(tx), fact, ids);
  return [...facts.values()].map(({ id, source, patient, row }) => ({ table, id, source, patient, row: row as Record<string, RowValue> }));
}
