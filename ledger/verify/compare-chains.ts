import { nextLink } from './chains.ts';
import type { ChainsReplay } from './replay-chains.ts';
import type { Query } from './rows.ts';
import type { Troubles } from './trouble.ts';

const LINKS = 50_000;
type Row = { chain: string; subject: Buffer; count: number; head: Buffer; n: number; leaf: number; hash: Buffer };

/** Compares the stored chains, link by link, with those that the facts make. */
export async function compareChains(query: Query, replayed: ChainsReplay, troubles: Troubles): Promise<void> {
  const seen = new Set<string>();
  let chain: { id: string; subject: Buffer; count: number; head: Buffer; n: number; link: Buffer; gap: boolean } | undefined;
  const close = (): void => {
    if (chain === undefined) return;
    const key = chain.subject.toString('latin1');
    seen.add(key);
    const made = replayed.heads.get(key);
    const place = { table: 'ledger_chain', row: chain.id };
    if (made === undefined) troubles.add({ kind: 'chain-added', ...place, says: `Chain ${chain.id} belongs to nobody that an event touches.` });
    else if (chain.n < made.count || chain.gap) troubles.add({ kind: 'link-removed', ...place, says: `Chain ${chain.id} has ${chain.n} links, or a gap; events make ${made.count}.` });
    else if (!chain.link.equals(made.link)) troubles.add({ kind: 'chain-changed', ...place, says: `The links of chain ${chain.id} are not those that events make.` });
    if (made !== undefined && (chain.count !== made.count || !chain.head.equals(made.link))) {
      troubles.add({ kind: 'chain-changed', ...place, says: `The head of chain ${chain.id} is not what events make it.` });
    }
  };
  for (let after: [string, number] = ['0', 0]; ;) {
    const { rows } = await query<Row>(
      `select c.id::text as chain, c.subject, c.count::float8 as count, c.link as head, l.n::float8 as n, l.leaf::float8 as leaf, l.hash
         from (select * from ledger_link where (chain_id, n) > ($1, $2) order by chain_id, n limit ${LINKS}) as l
         join ledger_chain c on c.id = l.chain_id order by l.chain_id, l.n`, after);
    for (const row of rows) {
      if (row.chain !== chain?.id) {
        close();
        chain = { id: row.chain, subject: row.subject, count: row.count, head: row.head, n: 0, link: row.subject, gap: false };
      }
      if (row.n !== chain.n + 1) chain.gap = true;
      chain.n++;
      chain.link = nextLink(chain.link, row.leaf, row.hash);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = [last.chain, last.n];
  }
  close();
  const { rows: empty } = await query<{ id: string; subject: Buffer }>(
    'select id::text as id, subject from ledger_chain c where not exists (select from ledger_link l where l.chain_id = c.id)');
  for (const { id, subject } of empty) {
    seen.add(subject.toString('latin1'));
    troubles.add({ kind: 'link-removed', table: 'ledger_chain', row: id, says: `Chain ${id} has no link; events make ${replayed.heads.get(subject.toString('latin1'))?.count ?? 0}.` });
  }
  for (const [key, head] of replayed.heads) {
    if (!seen.has(key)) troubles.add({ kind: 'chain-removed', table: 'ledger_chain', says: `A chain of ${head.count} links, ${head.subject.toString('hex').slice(0, 12)}…, is gone.` });
  }
}
