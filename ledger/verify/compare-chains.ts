import { nextDigest } from './chains.ts';
import { digestBytes, digestOf, type Digest } from './merkle.ts';
import type { ChainsReplay } from './replay-chains.ts';
import type { Query } from './rows.ts';
import type { Troubles } from './trouble.ts';

const LINKS = 50_000;
/** Bytes of a link as it is read: n and leaf, 8 bytes each, and the hash. */
const LINK_BYTES = 48;

type Stored = { readonly id: string; readonly subject: Digest; readonly count: number; readonly head: Digest };
type Walked = Stored & { n: number; link: Digest; gap: boolean };

/** Compares the stored chains, link by link, with those that the facts make. */
export async function compareChains(query: Query, replayed: ChainsReplay, troubles: Troubles): Promise<void> {
  const seen = new Set<Digest>();
  const close = (chain: Walked): void => {
    seen.add(chain.subject);
    const made = replayed.heads.get(chain.subject);
    const place = { table: 'ledger_chain', row: chain.id };
    if (made === undefined) troubles.add({ kind: 'chain-added', ...place, says: `Chain ${chain.id} belongs to nobody that an event touches.` });
    else if (chain.n < made.count || chain.gap) troubles.add({ kind: 'link-removed', ...place, says: `Chain ${chain.id} has ${chain.n} links, or a gap; events make ${made.count}.` });
    else if (chain.link !== made.link) troubles.add({ kind: 'chain-changed', ...place, says: `The links of chain ${chain.id} are not those that events make.` });
    if (made !== undefined && (chain.count !== made.count || chain.head !== made.link)) {
      troubles.add({ kind: 'chain-changed', ...place, says: `The head of chain ${chain.id} is not what events make it.` });
    }
  };
  let chain: Walked | undefined;
  for (let after: readonly [string, number] | undefined = ['0', 0]; after !== undefined;) {
    const pieces: Piece[] = await readLinks(query, after);
    after = undefined;
    for (const { id, subject, count, head, last, links } of pieces) {
      if (id !== chain?.id) {
        if (chain !== undefined) close(chain);
        const digest = digestOf(subject);
        chain = { id, subject: digest, count, head: digestOf(head), n: 0, link: digest, gap: false };
      }
      walk(chain, links);
      after = [id, last];
    }
  }
  if (chain !== undefined) close(chain);
  const { rows: empty } = await query<{ id: string; subject: Buffer }>(
    'select id::text as id, subject from ledger_chain c where not exists (select from ledger_link l where l.chain_id = c.id)');
  for (const { id, subject } of empty) {
    seen.add(digestOf(subject));
    troubles.add({ kind: 'link-removed', table: 'ledger_chain', row: id, says: `Chain ${id} has no link; events make ${replayed.heads.get(digestOf(subject))?.count ?? 0}.` });
  }
  for (const [subject, { count }] of replayed.heads) {
    if (!seen.has(subject)) troubles.add({ kind: 'chain-removed', table: 'ledger_chain', says: `A chain of ${count} links, ${digestBytes(subject).toString('hex').slice(0, 12)}…, is gone.` });
  }
}

type Piece = { id: string; subject: Buffer; count: number; head: Buffer; last: number; links: Buffer };

/** The next links, those of one chain as one run of bytes: a row each would cost more than hashing it. */
async function readLinks(query: Query, after: readonly [string, number]): Promise<Piece[]> {
  const { rows } = await query<Piece>(
    `select c.id::text as id, c.subject, c.count::float8 as count, c.link as head, l.last, l.links
       from (select chain_id, max(n)::float8 as last, string_agg(int8send(n) || int8send(leaf) || hash, null order by n) as links
               from (select * from ledger_link where (chain_id, n) > ($1, $2) order by chain_id, n limit ${LINKS}) as page group by chain_id) as l
       join ledger_chain c on c.id = l.chain_id order by l.chain_id`, [...after]);
  return rows;
}

function walk(chain: Walked, links: Buffer): void {
  if (links.length % LINK_BYTES !== 0) chain.gap = true; // a hash of another length
  for (let at = 0; at + LINK_BYTES <= links.length; at += LINK_BYTES) {
    chain.n++;
    if (eightBytes(links, at) !== chain.n) chain.gap = true;
    chain.link = nextDigest(chain.link, eightBytes(links, at + 8), links.toString('latin1', at + 16, at + LINK_BYTES));
  }
}

const eightBytes = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
