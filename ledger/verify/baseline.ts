import { hash } from 'node:crypto';
import { factTables } from './fact-tables.ts';
import { sections, type ReadEvent } from './replay-facts.ts';
import type { Troubles } from './trouble.ts';

type Before = { readonly rows: number; readonly last: number; readonly ids: string; readonly leaf: number };

/**
 * Rows that were written before any event covered them, as a leaf of kind 'baseline' says: of each table how many, up to which
 * id, and the SHA-256 (hex) of their ids in order with commas between. That they are there is proved since then; not what they said.
 */
export class Baseline {
  readonly #tables = new Map<string, Before>();
  /** Found without an event, up to the id that the leaf names. */
  readonly #found = new Map<string, string[]>();

  /** Ids of rows that may change and that events cover: first covered before the baseline (true), or after it. */
  readonly #changing = new Map<string, Map<string, boolean>>();

  /** Each event in the order of leaves: rows that may change are covered again, also those of before. */
  see(event: Pick<ReadEvent, 'body' | 'covers'>): void {
    for (const { table, from, to } of changing(event)) {
      const ids = this.#changing.get(table) ?? new Map<string, boolean>();
      this.#changing.set(table, ids);
      for (const id of event.covers.slice(from, to)) if (!ids.has(id)) ids.set(id, this.#tables.size === 0);
    }
  }

  read(leaf: number, body: Readonly<Record<string, unknown>>): void {
    const rows = Array.isArray(body['rows']) ? body['rows'] as unknown[] : [];
    for (let at = 0; at + 3 < rows.length; at += 4) {
      const [table, count, last, ids] = rows.slice(at, at + 4);
      this.#tables.set(String(table), { rows: Number(count), last: Number(last), ids: String(ids), leaf });
    }
  }

  /** A row without an event. @returns false where it came after the baseline, or there is none: it was added */
  passes(table: string, id: string): boolean {
    const before = this.#tables.get(table);
    if (before === undefined || Number(id) > before.last) return false;
    const found = this.#found.get(table);
    if (found === undefined) this.#found.set(table, [id]);
    else found.push(id);
    return true;
  }

  /** The rows that were found must be exactly those that the leaf names. @returns what cannot be proved of them, as sentences */
  finish(troubles: Troubles): string[] {
    return [...this.#tables].map(([table, { rows, last, ids, leaf }]) => {
      const since = [...this.#changing.get(table) ?? []].filter(([id, before]) => !before && Number(id) <= last).map(([id]) => id);
      const found = [...this.#found.get(table) ?? [], ...since].sort((a, b) => Number(a) - Number(b));
      if (hash('sha256', found.join(',')) !== ids) {
        troubles.add({ kind: found.length < rows ? 'row-removed' : 'row-added', table, leaf,
          says: `Of ${table}, leaf ${leaf} names ${rows} rows that were written before events covered them; ${found.length} are there, or others.` });
      }
      return `${rows} rows of ${table} were written before the ledger covered them: that they are there is proved since leaf ${leaf}, not what they said before.`;
    });
  }
}

const mayChange = new Set(factTables.filter((one) => one.written === 'latest').map((one) => one.table));
const changing = (event: Pick<ReadEvent, 'body' | 'covers'>) => Array.isArray(event.body['covered']) && event.body['covered'].some((one) => mayChange.has(String(one)))
  ? sections(event).filter(({ table }) => mayChange.has(table)) : [];
