import { hash } from 'node:crypto';
import type { Query } from './rows.ts';
import type { Troubles } from './trouble.ts';

/** SHA-256 (hex) over `name\nvalue\n` of each part, by name. @param parts file or package → SHA-256, `rule ID` → version */
export const ruleSetHash = (parts: Readonly<Record<string, string>>): string =>
  hash('sha256', Object.keys(parts).sort().map((name) => `${name}\n${parts[name]}\n`).join(''));

/** Rule sets as leaves name them: the row's id → its hash in hex, and the first leaf that says so. */
export class NamedRuleSets {
  readonly #named = new Map<number, { hash: string; leaf: number }>();

  read(leaf: number, body: Readonly<Record<string, unknown>>): void {
    const { ruleSet, ruleSetHash: hashed } = body;
    if (typeof ruleSet === 'number' && typeof hashed === 'string' && !this.#named.has(ruleSet)) this.#named.set(ruleSet, { hash: hashed, leaf });
  }

  /** Every rule set's parts give its hash, and its hash is the one that the leaves name. @returns how many there are */
  async compare(query: Query, troubles: Troubles): Promise<number> {
    const { rows } = await query<{ id: number; hash: string; parts: Record<string, string> }>(`select id, encode(hash, 'hex') as hash, parts from rule_set order by id`);
    for (const { id, hash: stored, parts } of rows) {
      const named = this.#named.get(id);
      if (ruleSetHash(parts) === stored && (named === undefined || named.hash === stored)) continue;
      troubles.add({ kind: 'row-changed', table: 'rule_set', row: `${id}`, says: `The parts of rule set ${id} are not those of its hash${named === undefined ? '' : `, or its hash is not the one that leaf ${named.leaf} names`}.` });
    }
    const there = new Set(rows.map((row) => row.id));
    for (const [id, { leaf }] of this.#named) {
      if (!there.has(id)) troubles.add({ kind: 'row-removed', table: 'rule_set', row: `${id}`, leaf, says: `Rule set ${id} is gone; leaf ${leaf} names it.` });
    }
    return rows.length;
  }
}
