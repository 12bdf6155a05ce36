import { ahead, eachWithBreath, inTurn } from './ahead.ts';
import { Baseline } from './baseline.ts';
import type { Checkpoint } from './checkpoint.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { compareChains } from './compare-chains.ts';
import { compareDecisions } from './compare-decisions.ts';
import { findAdded } from './find-added.ts';
import { isSigned, knownKeys, type KeyLeaf } from './keys.ts';
import { limitsOf } from './limits.ts';
import { namedTouches, ChainsReplay } from './replay-chains.ts';
import { FactsReplay, type ReadEvent, type Rows } from './replay-facts.ts';
import { TreeReplay } from './replay-tree.ts';
import { checkRemembered, lost, restoredIn, type Restored } from './remembered.ts';
import { readErased, readEvents, type StoredEvent } from './read-events.ts';
import type { Query } from './rows.ts';
import { NamedRuleSets } from './rule-sets.ts';
import { NamedSources } from './sources.ts';
import { compareTiles } from './compare-tiles.ts';
import { collectTroubles, type Report } from './trouble.ts';
import { checkBytes } from './version-bytes.ts';

export type Verifying = {
  /** Best in one REPEATABLE READ transaction: a running store moves. */
  readonly query: Query;
  /** Checkpoints remembered elsewhere: anchors, or an older one that the reader kept. */
  readonly remembered?: readonly Checkpoint[];
  /** Verifier keys that the reader trusts. */
  readonly trusted?: readonly string[];
  readonly progress?: (leaves: number, size: number) => void;
};

/**
 * Verifies a running store against itself and what is remembered elsewhere: the tree, every
 * checkpoint, every event, every chain, every row of every table that is listed as fact, and what follows from them
 * and answers read: rule sets, sources, decisions, rulings.
 */
export async function verifyStore({ query: ask, remembered = [], trusted = [], progress = () => {} }: Verifying): Promise<Report> {
  const troubles = collectTroubles();
  const query = inTurn(ask);
  const { rows: [head] } = await query<{ origin: string | null; size: number }>('select origin, size::float8 as size from ledger');
  const size = head?.size ?? 0;
  const { rows: stored } = await query<{ size: number; note: string; anchored: boolean }>('select size::float8 as size, note, anchored_at is not null as anchored from checkpoint order by size');
  const checkpoints = stored.flatMap(({ size: at, note }) => {
    const parsed = parseCheckpoint(note);
    if (parsed?.size === at) return parsed;
    troubles.add({ kind: 'checkpoint-changed', leaf: at, says: `The stored checkpoint at ${at} leaves is no checkpoint of that size.` });
    return [];
  });
  const tiles = compareTiles(query, troubles);
  const tree = new TreeReplay((level, index, hashes) => tiles.full(level, index, hashes));
  const chains = new ChainsReplay();
  const erased = await readErased(query, troubles);
  const facts = new FactsReplay(query, erased, troubles);
  const wanted = new Set([...checkpoints, ...remembered].map((one) => one.size));
  const roots = new Map<number, Buffer>([[0, tree.root()]]);
  const keyLeaves: KeyLeaf[] = [];
  const headLeaves: number[] = [];
  const ruleSets = new NamedRuleSets();
  const sources = new NamedSources();
  const baseline = new Baseline();
  // Each costs a hash for every chain in a bucket that moved: of many, some and the last.
  const every = Math.max(1, Math.floor(checkpoints.length / 50));
  const headsAt = new Set(checkpoints.filter((_, at) => at % every === 0 || at === checkpoints.length - 1).map((one) => one.size - 1));

  const replay = async (events: readonly StoredEvent[], rows: Rows): Promise<void> => {
    await eachWithBreath(events, 200, (event) => {
      const touches = facts.check(event, rows);
      if (event.leaf !== tree.size) return; // a gap: everything behind it is unproven
      const hashed = tree.push(event.bytes);
      const { body } = event;
      if (body['kind'] !== event.kind || body['at'] !== event.at) {
        troubles.add({ kind: 'row-changed', table: 'event', row: event.id, leaf: event.leaf, says: `Event ${event.id} has a kind or time beside its leaf that are not the leaf’s.` });
      }
      if (body['kind'] === 'ledger-key') keyLeaves.push({ leaf: event.leaf, key: String(body['key']), ...(typeof body['before'] === 'string' ? { before: body['before'] } : {}) });
      baseline.see(event);
      if (body['kind'] === 'baseline') baseline.read(event.leaf, body);
      if (body['kind'] === 'assessed') ruleSets.read(event.leaf, body);
      if (body['kind'] === 'source-changed') sources.read(body, event.leaf);
      if (body['kind'] === 'chain-heads') {
        headLeaves.push(event.leaf);
        if (headsAt.has(event.leaf) && chains.root().toString('hex') !== body['heads']) {
          troubles.add({ kind: 'heads-differ', leaf: event.leaf, says: `The chains as they were at leaf ${event.leaf} do not give the root over their heads that it names.` });
        }
      }
      for (let at = 0; at < touches.length; at += 2) chains.touch(touches[at]!, event.leaf, touches[at + 1]!);
      for (const subject of namedTouches(body)) chains.touch(subject, event.leaf, hashed);
      if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
    });
    await tiles.compare();
  };
  async function* withRows(): AsyncGenerator<{ events: readonly StoredEvent[]; rows: Rows }> {
    for await (const events of ahead(readEvents(query, troubles))) yield { events, rows: await facts.read(events) };
  }
  for await (const { events, rows } of ahead(withRows())) {
    await replay(events, rows);
    progress(tree.size, size);
  }
  await facts.finish();
  await tiles.finish(tree.partial());
  if (tree.size !== size) troubles.add({ kind: 'event-removed', leaf: tree.size, says: `The ledger says that it has ${size} leaves; ${tree.size} are there without a gap.` });

  const keys = knownKeys(keyLeaves, checkpoints, trusted, troubles);
  for (const one of checkpoints) {
    const root = roots.get(one.size);
    if (root === undefined || !root.equals(one.root)) troubles.add({ kind: 'tree-differs', leaf: one.size, says: `The first ${one.size} leaves do not give the root that the stored checkpoint at ${one.size} signs.` });
    if (!isSigned(one, keys)) troubles.add({ kind: 'checkpoint-unsigned', leaf: one.size, says: `The stored checkpoint at ${one.size} leaves is signed by no key of this log.` });
  }
  const sizes = new Set(checkpoints.map((one) => one.size));
  for (const leaf of headLeaves) if (!sizes.has(leaf + 1)) troubles.add({ kind: 'checkpoint-removed', leaf: leaf + 1, says: `The checkpoint at ${leaf + 1} leaves is gone.` });
  const restored = await restorations(query);
  checkRemembered({ remembered, roots, size: tree.size, keys, troubles, restored });
  await compareChains(query, chains, troubles);
  const waiting = await findAdded(query, facts.covered, baseline, troubles);
  const before = baseline.finish(troubles);
  await checkBytes(query, troubles, erased);
  const derived = { rule_set: await ruleSets.compare(query, troubles), source: await sources.compare(query, troubles), ...await compareDecisions(query, troubles) };
  return {
    origin: head?.origin ?? null, size: tree.size, root: tree.root().toString('hex'), troubles: troubles.list, troubleCount: troubles.count,
    looked: { leaves: tree.size, ...Object.fromEntries([...facts.covered].map(([table, ids]) => [table, ids.size])), ...derived, chains: chains.heads.size, checkpoints: checkpoints.length, remembered: remembered.length },
    limits: [...limitsOf({ size: tree.size, checkpoints, remembered, trusted, waiting }), ...lost(restored), ...before],
  };
}

/** Trees that a restored backup lost, as the log itself says. */
async function restorations(query: Query): Promise<Restored[]> {
  const { rows } = await query<{ body: Buffer }>(`select body from event where kind = 'ledger-restored' and leaf is not null order by leaf`);
  return rows.map(({ body }) => restoredIn(JSON.parse(body.toString('utf8')) as Record<string, unknown>));
}

export type { ReadEvent };
