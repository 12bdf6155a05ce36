import type { Baseline } from './baseline.ts';
import type { IdSet } from './bitmap.ts';
import { factTables } from './fact-tables.ts';
import { sections } from './replay-facts.ts';
import type { Query } from './rows.ts';
import type { Troubles } from './trouble.ts';

const ROWS = 100_000;

/** Rows of fact tables that no event covers, and that were not there before the ledger, were added. @returns how many events are not in the tree yet */
export async function findAdded(query: Query, covered: ReadonlyMap<string, IdSet>, baseline: Baseline, troubles: Troubles): Promise<number> {
  const { rows: waiting } = await query<{ body: Buffer; covers: string[] }>('select body, covers::text[] as covers from event where leaf is null');
  for (const { body, covers } of waiting) {
    const parsed = { body: JSON.parse(body.toString('utf8')) as Record<string, unknown>, covers };
    for (const { table, from, to } of sections(parsed)) for (const id of covers.slice(from, to)) covered.get(table)?.add(Number(id));
  }
  for (const { table, key } of factTables) {
    const known = covered.get(table);
    for (let after = '-1'; ;) {
      const { rows } = await query<{ id: string }>(
        `select t.${key}::text as id from ${table} t where t.${key} > $1 order by t.${key} limit ${ROWS}`, [after]);
      for (const { id } of rows) {
        if (known?.has(Number(id)) === true || baseline.passes(table, id)) continue;
        troubles.add({ kind: 'row-added', table, row: id, says: `Row ${id} of ${table} is covered by no event: it was added.` });
      }
      if (rows.length < ROWS) break;
      after = rows.at(-1)!.id;
    }
  }
  return waiting.length;
}
