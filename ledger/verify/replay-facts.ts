import { IdSet } from './bitmap.ts';
import { patientSubject } from './chains.ts';
import type { FactTable } from './fact-table.ts';
import { factTables } from './fact-tables.ts';
import { hmacKey, type HmacKey } from './hmac.ts';
import { digestOf, merkleRoot } from './merkle.ts';
import { factDigest, readFacts, type Fact, type Query } from './rows.ts';
import { splitHashes } from './tiles.ts';
import type { Troubles } from './trouble.ts';

/** An event as it is read again, in the order of leaves. */
export type ReadEvent = {
  readonly id: string; readonly leaf: number; readonly kind: string; readonly at: string;
  readonly body: Readonly<Record<string, unknown>>; readonly covers: readonly string[]; readonly hashes: Buffer | null;
};
export type Touch = { readonly subject: Buffer; readonly hash: Buffer };

/** Rows that were erased, `table/id` → the chain's subject of their patient. */
export type Erased = ReadonlyMap<string, Buffer>;

/** Checks every row that an event covers against the hash in the event, and tells which patients' chains it touches. */
export class FactsReplay {
  readonly covered = new Map(factTables.map((one) => [one.table, new IdSet()]));
  /** Rows of tables whose rows may change: what the newest event said. */
  readonly #latest = new Map<string, { event: ReadEvent; hash: Buffer; table: FactTable; id: string }>();
  readonly #keys = new Map<string, HmacKey | undefined>();
  readonly #query: Query;
  readonly #erased: Erased;
  readonly #troubles: Troubles;

  constructor(query: Query, erased: Erased, troubles: Troubles) { [this.#query, this.#erased, this.#troubles] = [query, erased, troubles]; }

  /** @returns what each event touches, by leaf */
  async check(events: readonly ReadEvent[]): Promise<Map<number, Touch[]>> {
    const facts = await this.#read(events);
    const touches = new Map<number, Touch[]>();
    for (const event of events) touches.set(event.leaf, this.#checkEvent(event, facts));
    return touches;
  }

  async #read(events: readonly ReadEvent[]): Promise<Map<string, Fact>> {
    const ids = new Map<string, string[]>();
    for (const event of events) {
      for (const { table, from, to } of sections(event)) ids.set(table, [...ids.get(table) ?? [], ...event.covers.slice(from, to)]);
    }
    const facts = new Map<string, Fact>();
    for (const [table, wanted] of ids) {
      const fact = factTables.find((one) => one.table === table);
      if (fact === undefined) continue;
      for (const [id, one] of await readFacts(this.#query, fact, wanted)) facts.set(`${table}/${id}`, one);
    }
    await this.#loadKeys([...facts.values()]);
    return facts;
  }

  async #loadKeys(facts: readonly Fact[]): Promise<void> {
    const wanted = new Map(facts.filter((one) => one.source !== null).map((one) => [keyName(one), one]));
    for (const name of this.#keys.keys()) wanted.delete(name);
    if (wanted.size === 0) return;
    const list = [...wanted.values()];
    const { rows } = await this.#query<{ source: number; patient: string; key: Buffer | null }>(
      `select k.source_id as source, k.patient, k.key from unnest($1::int[], $2::text[]) as w (source, patient)
         join subject_key k on k.source_id = w.source and k.patient = w.patient`, [list.map((one) => one.source), list.map((one) => one.patient)]);
    for (const name of wanted.keys()) this.#keys.set(name, undefined);
    for (const row of rows) this.#keys.set(keyName(row), row.key === null ? undefined : hmacKey(row.key));
  }

  #checkEvent(event: ReadEvent, facts: ReadonlyMap<string, Fact>): Touch[] {
    const { leaf } = event;
    const hashes = splitHashes(event.hashes ?? Buffer.alloc(0));
    if (event.body['root'] !== undefined && merkleRoot(hashes).toString('hex') !== event.body['root']) {
      this.#troubles.add({ kind: 'event-changed', leaf, table: 'event', row: event.id, says: `The row hashes kept with event ${event.id} (leaf ${leaf}) are not those that its leaf names.` });
      return [];
    }
    const mine = new Map<string, { subject: Buffer; hashes: Buffer[] }>();
    const touch = (subject: Buffer, hash: Buffer): void => {
      const key = subject.toString('latin1');
      const one = mine.get(key);
      if (one === undefined) mine.set(key, { subject, hashes: [hash] });
      else one.hashes.push(hash);
    };
    for (const { table, from, to } of sections(event)) {
      const list = factTables.find((one) => one.table === table);
      if (list === undefined) {
        this.#troubles.add({ kind: 'event-changed', leaf, says: `Leaf ${leaf} covers a table that is not listed: ${table}.` });
        continue;
      }
      for (const [at, id] of event.covers.slice(from, to).entries()) {
        const hash = hashes[from + at];
        if (hash === undefined) break;
        this.covered.get(table)?.add(Number(id));
        const subject = this.#erased.get(`${table}/${id}`) ?? this.#checkRow(event, list, id, facts.get(`${table}/${id}`), hash);
        if (subject !== undefined && subject.length > 0) touch(subject, hash);
      }
    }
    return [...mine.values()].map(({ subject, hashes: own }) => ({ subject, hash: merkleRoot(own) }));
  }

  /** @returns the subject of the chain that the row touches */
  #checkRow(event: ReadEvent, list: FactTable, id: string, fact: Fact | undefined, hash: Buffer): Buffer | undefined {
    const { table } = list;
    if (fact === undefined) {
      this.#troubles.add({ kind: 'row-removed', table, row: id, leaf: event.leaf, says: `Row ${id} of ${table} is gone; leaf ${event.leaf} covers it.` });
      return undefined;
    }
    if (list.written === 'latest') this.#latest.set(`${table}/${id}`, { event, hash, table: list, id });
    else this.#compare(event, list, id, fact, hash);
    const key = fact.patient === '' ? undefined : this.#keys.get(keyName(fact));
    return key === undefined ? undefined : patientSubject(key);
  }

  #compare(event: ReadEvent, { table, at }: FactTable, id: string, fact: Fact | undefined, hash: Buffer): void {
    const key = fact === undefined || fact.source === null ? undefined : this.#keys.get(keyName(fact));
    const same = fact !== undefined && (fact.source === null || key !== undefined)
      && factDigest(table, fact.row, key) === digestOf(hash) && (at === undefined || fact.at === event.at);
    if (!same) this.#troubles.add({ kind: 'row-changed', table, row: id, leaf: event.leaf,
      says: `Row ${id} of ${table} is not as it was written with leaf ${event.leaf}, or its patient’s key is not.` });
  }

  /** After the last event: rows that may change, against the newest event that covers them. */
  async finish(): Promise<void> {
    const byTable = Map.groupBy(this.#latest.values(), (one) => one.table);
    for (const [table, all] of byTable) {
      const facts = await readFacts(this.#query, table, all.map((one) => one.id));
      await this.#loadKeys([...facts.values()]);
      for (const { event, id, hash } of all) this.#compare(event, table, id, facts.get(id), hash);
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
