import { IdSet } from './bitmap.ts';
import { patientSubject } from './chains.ts';
import type { FactTable } from './fact-table.ts';
import { factTables } from './fact-tables.ts';
import { hmacKey, type HmacKey } from './hmac.ts';
import { digestBytes, digestOf, leafOfDigest, rootOfDigests, type Digest } from './merkle.ts';
import { readWritten, textDigest, type Query, type Written } from './rows.ts';
import { HASH_BYTES } from './tiles.ts';
import type { Troubles } from './trouble.ts';

/** An event as it is read again, in the order of leaves. */
export type ReadEvent = {
  readonly id: string; readonly leaf: number; readonly kind: string; readonly at: string;
  readonly body: Readonly<Record<string, unknown>>; readonly covers: readonly string[]; readonly hashes: Buffer | null;
};

/** Rows that were erased, `table/id` → the chain's subject of their patient. */
export type Erased = ReadonlyMap<string, Buffer>;

type Key = { readonly hmac: HmacKey; readonly subject: Digest };
/** Rows that a batch of events covers, by table and id. */
export type Rows = ReadonlyMap<string, ReadonlyMap<string, Written>>;

const listed = new Map(factTables.map((one) => [one.table, one]));

/** Checks every row that an event covers against the hash in the event, and tells which patients' chains it touches. */
export class FactsReplay {
  readonly covered = new Map(factTables.map((one) => [one.table, new IdSet()]));
  /** Rows of tables whose rows may change: what the newest event said. */
  readonly #latest = new Map<string, { event: ReadEvent; hash: Digest; table: FactTable; id: string }>();
  readonly #keys = new Map<string, Key | undefined>();
  readonly #query: Query;
  readonly #erased: Erased;
  readonly #troubles: Troubles;

  constructor(query: Query, erased: Erased, troubles: Troubles) { [this.#query, this.#erased, this.#troubles] = [query, erased, troubles]; }

  /** The rows that these events cover, and their patients' keys. */
  async read(events: readonly ReadEvent[]): Promise<Rows> {
    const ids = new Map<string, string[]>();
    for (const event of events) {
      for (const { table, from, to } of sections(event)) {
        let wanted = ids.get(table);
        if (wanted === undefined) ids.set(table, wanted = []);
        for (let at = from; at < to; at++) wanted.push(event.covers[at]!);
      }
    }
    const rows = new Map<string, Map<string, Written>>();
    for (const [table, wanted] of ids) {
      const fact = listed.get(table);
      if (fact !== undefined) rows.set(table, await readWritten(this.#query, fact, wanted));
    }
    for (const of of rows.values()) await this.#loadKeys(of.values());
    return rows;
  }

  async #loadKeys(rows: Iterable<Written>): Promise<void> {
    const wanted = new Map<string, Written>();
    for (const one of rows) {
      if (one.source === null) continue;
      const name = keyName(one);
      if (!this.#keys.has(name)) wanted.set(name, one);
    }
    if (wanted.size === 0) return;
    const list = [...wanted.values()];
    const { rows: keys } = await this.#query<{ source: number; patient: string; key: Buffer | null }>(
      `select k.source_id as source, k.patient, k.key from unnest($1::int[], $2::text[]) as w (source, patient)
         join subject_key k on k.source_id = w.source and k.patient = w.patient`, [list.map((one) => one.source), list.map((one) => one.patient)]);
    for (const name of wanted.keys()) this.#keys.set(name, undefined);
    for (const row of keys) {
      const hmac = row.key === null ? undefined : hmacKey(row.key);
      this.#keys.set(keyName(row), hmac === undefined ? undefined : { hmac, subject: digestOf(patientSubject(hmac)) });
    }
  }

  #keyOf = (row: Written): Key | undefined => (row.source === null ? undefined : this.#keys.get(keyName(row)));

  /** @returns the chains that the event's rows touch: subject, hash, subject, hash, … */
  check(event: ReadEvent, rows: Rows): Digest[] {
    const { leaf, hashes } = event;
    if (hashes === null && event.body['root'] === undefined) return [];
    const digests: Digest[] = [];
    for (let at = 0; at < (hashes?.length ?? 0); at += HASH_BYTES) digests.push(hashes!.toString('latin1', at, at + HASH_BYTES));
    const leaves = digests.map(leafOfDigest);
    if (event.body['root'] !== undefined && digestBytes(rootOfDigests(leaves)).toString('hex') !== event.body['root']) {
      this.#troubles.add({ kind: 'event-changed', leaf, table: 'event', row: event.id, says: `The row hashes kept with event ${event.id} (leaf ${leaf}) are not those that its leaf names.` });
      return [];
    }
    const mine = new Map<Digest, Digest[]>();
    for (const { table, from, to } of sections(event)) {
      const list = listed.get(table);
      if (list === undefined) {
        this.#troubles.add({ kind: 'event-changed', leaf, says: `Leaf ${leaf} covers a table that is not listed: ${table}.` });
        continue;
      }
      const covered = this.covered.get(table);
      const written = rows.get(table);
      for (let at = from; at < to && at < digests.length; at++) {
        const id = event.covers[at]!;
        covered?.add(Number(id));
        const erased = this.#erased.size === 0 ? undefined : this.#erased.get(`${table}/${id}`);
        const subject = erased === undefined ? this.#checkRow(event, list, id, written?.get(id), digests[at]!) : digestOf(erased);
        if (subject === undefined || subject === '') continue;
        const own = mine.get(subject);
        if (own === undefined) mine.set(subject, [leaves[at]!]);
        else own.push(leaves[at]!);
      }
    }
    return [...mine].flatMap(([subject, own]) => [subject, rootOfDigests(own)]);
  }

  /** @returns the subject of the chain that the row touches */
  #checkRow(event: ReadEvent, list: FactTable, id: string, row: Written | undefined, hash: Digest): Digest | undefined {
    const { table } = list;
    if (row === undefined) {
      this.#troubles.add({ kind: 'row-removed', table, row: id, leaf: event.leaf, says: `Row ${id} of ${table} is gone; leaf ${event.leaf} covers it.` });
      return undefined;
    }
    const key = this.#keyOf(row);
    if (list.written === 'latest') this.#latest.set(`${table}/${id}`, { event, hash, table: list, id });
    else this.#compare(event, list, id, row, key, hash);
    return row.patient === '' ? undefined : key?.subject;
  }

  #compare(event: ReadEvent, { table, at }: FactTable, id: string, row: Written | undefined, key: Key | undefined, hash: Digest): void {
    const same = row !== undefined && (row.source === null || key !== undefined)
      && textDigest(row.text, key?.hmac) === hash && (at === undefined || row.at === event.at);
    if (!same) this.#troubles.add({ kind: 'row-changed', table, row: id, leaf: event.leaf,
      says: `Row ${id} of ${table} is not as it was written with leaf ${event.leaf}, or its patient’s key is not.` });
  }

  /** After the last event: rows that may change, against the newest event that covers them. */
  async finish(): Promise<void> {
    const byTable = Map.groupBy(this.#latest.values(), (one) => one.table);
    for (const [table, all] of byTable) {
      const rows = await readWritten(this.#query, table, all.map((one) => one.id));
      await this.#loadKeys(rows.values());
      for (const { event, id, hash } of all) {
        const row = rows.get(id);
        this.#compare(event, table, id, row, row === undefined ? undefined : this.#keyOf(row), hash);
      }
    }
  }
}

const keyName = (one: { source: number | null; patient: string }): string => `${one.source}/${one.patient}`;

/** `covered` of a body: table and count, in order. */
export function sections({ body, covers }: Pick<ReadEvent, 'body' | 'covers'>): { table: string; from: number; to: number }[] {
  const covered = Array.isArray(body['covered']) ? body['covered'] as unknown[] : [];
  const found: { table: string; from: number; to: number }[] = [];
  for (let at = 0, from = 0; at + 1 < covered.length; at += 2) {
    const to = Math.min(from + Number(covered[at + 1]), covers.length);
    found.push({ table: String(covered[at]), from, to });
    from = to;
  }
  return found;
}
