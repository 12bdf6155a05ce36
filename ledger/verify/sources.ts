import { hash } from 'node:crypto';
import { canonicalBytes } from './canonical-json.ts';
import type { Query } from './rows.ts';
import type { Troubles } from './trouble.ts';

type Body = Readonly<Record<string, unknown>>;
type Row = { id: number; name: string; kind: string; settings: object };

/** How sources are reached, as the newest event of each says; what is older than these events has none. */
export class NamedSources {
  readonly #newest = new Map<number, { body: Body; leaf?: number }>();

  read(body: Body, leaf?: number): void {
    if (typeof body['source'] === 'number') this.#newest.set(body['source'], { body, ...(leaf === undefined ? {} : { leaf }) });
  }

  /** Every source that an event names stands as the newest one says. @returns how many there are */
  async compare(query: Query, troubles: Troubles): Promise<number> {
    const { rows: waiting } = await query<{ body: Buffer }>(`select body from event where leaf is null and kind = 'source-changed' order by id`);
    for (const { body } of waiting) this.read(JSON.parse(body.toString('utf8')) as Body);
    const { rows } = await query<Row>('select id, name, kind, settings from source where id = any($1)', [[...this.#newest.keys()]]);
    const stored = new Map(rows.map((row) => [row.id, row]));
    for (const [id, { body, leaf }] of this.#newest) {
      const row = stored.get(id);
      const place = { table: 'source', row: `${id}`, ...(leaf === undefined ? {} : { leaf }) };
      if (row === undefined) troubles.add({ kind: 'row-removed', ...place, says: `Source ${id} is gone; an event names it.` });
      else if (!says(body, row)) troubles.add({ kind: 'row-changed', ...place, says: `Source ${id} is not reached as its newest event says.` });
    }
    return this.#newest.size;
  }
}

const says = (body: Body, { name, kind, settings }: Row): boolean =>
  body['name'] === name && body['how'] === kind && body['settings'] === hash('sha256', canonicalBytes(settings), 'hex');
