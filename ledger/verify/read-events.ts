import { merkleRoot } from './merkle.ts';
import type { Erased, ReadEvent } from './replay-facts.ts';
import type { Query } from './rows.ts';
import type { Troubles } from './trouble.ts';

export type StoredEvent = ReadEvent & { readonly bytes: Buffer };

/** Events read at once, and rows that they may cover together. */
const EVENTS = 2_000;
const ROWS = 20_000;

type Row = { id: string; leaf: number; kind: string; at: string; bytes: Buffer; covers: string[]; hashes: Buffer | null };

/** Every event that is a leaf, in order, in batches of bounded work. */
export async function* readEvents(query: Query, troubles: Troubles): AsyncGenerator<StoredEvent[]> {
  for (let next = 0; ;) {
    const { rows } = await query<Row>(
      `select id::text as id, leaf::float8 as leaf, kind, body as bytes, covers::text[] as covers, hashes,
              to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
         from event where leaf >= $1 order by event.leaf limit $2`, [next, EVENTS]);
    let batch: StoredEvent[] = [];
    let covered = 0;
    for (const row of rows) {
      for (; next < row.leaf; next++) troubles.add({ kind: 'event-removed', leaf: next, says: `The event that was leaf ${next} is gone.` });
      if (covered > 0 && covered + row.covers.length > ROWS) {
        yield batch;
        [batch, covered] = [[], 0];
      }
      batch.push({ ...row, body: parsed(row, troubles) });
      covered += row.covers.length;
      next = row.leaf + 1;
    }
    if (batch.length > 0) yield batch;
    if (rows.length < EVENTS) return;
  }
}

function parsed({ bytes, leaf, id }: Row, troubles: Troubles): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  } catch {
    troubles.add({ kind: 'event-changed', leaf, table: 'event', row: id, says: `The body of event ${id} (leaf ${leaf}) is no JSON.` });
    return {};
  }
}

/** Rows that a destruction erased, with the chain of their patient; each destruction's rows must be those of its certificate. */
export async function readErased(query: Query, troubles: Troubles): Promise<Erased> {
  const { rows } = await query<{ table: string; row: string; linked: boolean; destruction: string; subject: Buffer | null; erased: Buffer }>(
    `select e.table_name as table, e.row_id::text as row, e.linked, d.id::text as destruction, d.subject, d.erased
       from erased_row e join destruction d on d.id = e.destruction_id order by d.id, e.table_name, e.row_id`);
  for (const [destruction, of] of Map.groupBy(rows, (row) => row.destruction)) {
    if (merkleRoot(of.map(erasedLine)).equals(of[0]!.erased)) continue;
    troubles.add({ kind: 'row-changed', table: 'erased_row', row: destruction, says: `The rows said to be destroyed under certificate ${destruction} are not those that it names.` });
  }
  return new Map(rows.map((row) => [`${row.table}/${row.row}`, row.linked && row.subject !== null ? row.subject : Buffer.alloc(0)]));
}

/** A line of a certificate. */
export const erasedLine = ({ table, row, linked }: { table: string; row: string; linked: boolean }): Buffer => Buffer.from(`${table}/${row}/${linked}`);
