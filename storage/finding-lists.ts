import { hash } from 'node:crypto';
import type { Finding } from '../terms/finding.ts';
import type { Database } from './connect.ts';

type WithPool = Pick<Database, 'pool'>;

export type Findings = readonly Finding[];

/** Of a database: its lists by their JSON text and by their id, and the ids of the very lists that were given out. They never change. */
type Known = { readonly ids: Map<string, string>; readonly lists: Map<string, Findings>; readonly given: WeakMap<Findings, string> };
const known = new WeakMap<Database['pool'], Known>();
/** Lists kept in memory: at most some ten megabytes; the oldest go first. */
const KEPT = 4_000;

/**
 * The lists of findings are on record, each once. Written outside the caller's transaction, so that
 * no two wait for each other's lists; one that nobody comes to name does no harm.
 * @returns their ids, in order; null for an empty one
 */
export async function keepFindings({ pool }: WithPool, lists: readonly Findings[]): Promise<(string | null)[]> {
  const { ids, given } = knownOf(pool);
  // Looked up before anything new pushes an old one out.
  const found = lists.map((list): string | { readonly text: string } | null => {
    if (list.length === 0) return null;
    const id = given.get(list);
    if (id !== undefined) return id;
    const text = JSON.stringify(list);
    return ids.get(text) ?? { text };
  });
  const fresh = await written(pool, new Set(found.flatMap((one) => (one === null || typeof one === 'string' ? [] : [one.text]))));
  return found.map((one) => (one === null || typeof one === 'string' ? one : fresh.get(one.text) ?? null));
}

/** @returns text → id */
async function written(pool: Database['pool'], texts: ReadonlySet<string>): Promise<Map<string, string>> {
  if (texts.size === 0) return new Map();
  const byHash = new Map([...texts].map((text) => [hash('sha256', text, 'hex'), text]));
  const hashes = [...byHash.keys()].map((hex) => Buffer.from(hex, 'hex'));
  await pool.query(
    `insert into finding_list (hash, findings) select * from unnest($1::bytea[], $2::jsonb[]) as l (hash, findings) order by hash on conflict do nothing`,
    [hashes, [...byHash.values()]]);
  const { rows } = await pool.query<{ id: string; hash: string }>(
    `select id, encode(hash, 'hex') as hash from finding_list where hash = any($1)`, [hashes]);
  if (rows.length < texts.size) throw new Error('a list of findings that was just written is not there');
  const { ids } = knownOf(pool);
  return new Map(rows.map((row) => {
    const text = byHash.get(row.hash) ?? '';
    keep(ids, text, row.id);
    return [text, row.id];
  }));
}

/** The lists of these ids. */
export async function findingsOf({ pool }: WithPool, wanted: readonly (string | null)[]): Promise<Map<string, Findings>> {
  const { lists, given } = knownOf(pool);
  const asked = new Set(wanted.filter((id) => id !== null));
  const found = new Map([...asked].flatMap((id) => { const list = lists.get(id); return list === undefined ? [] : [[id, list]]; }));
  const missing = [...asked].filter((id) => !found.has(id));
  if (missing.length > 0) {
    const { rows } = await pool.query<{ id: string; findings: Findings }>('select id, findings from finding_list where id = any($1)', [missing]);
    for (const row of rows) {
      found.set(row.id, row.findings);
      keep(lists, row.id, row.findings);
      given.set(row.findings, row.id);
    }
  }
  return found;
}

function knownOf(pool: Database['pool']): Known {
  let one = known.get(pool);
  if (one === undefined) known.set(pool, one = { ids: new Map(), lists: new Map(), given: new WeakMap() });
  return one;
}

function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value);
  if (map.size <= KEPT) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
