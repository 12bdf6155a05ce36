import { randomBytes } from 'node:crypto';
import type { CoveredRow, EventBody, EventKind } from '../terms/event.ts';
import type { Tx } from '../storage/connect.ts';
import { recordEvents, subjectKeys } from '../storage/events.ts';
import { canonicalBytes } from './verify/canonical-json.ts';
import { patientSubject } from './verify/chains.ts';
import { namedTouches } from './verify/replay-chains.ts';
import { hmacKey, type HmacKey } from './verify/hmac.ts';
import { digestBytes, leafHash, leafOfDigest, rootOfDigests, type Digest } from './verify/merkle.ts';
import { factDigest } from './verify/rows.ts';
import { HASH_BYTES } from './verify/tiles.ts';

/** A patient that an event is about without covering a row of his: his chain is touched. */
export type About = { readonly source: number; readonly patient: string };

/** An event as whoever makes the fact says it; rows of one table come together. */
export type Said = { readonly kind: EventKind; readonly body: EventBody; readonly covered?: readonly CoveredRow[]; readonly about?: readonly About[] };

/**
 * Writes the events of facts in the facts' own transaction (contract 23). The rows that one covers enter
 * only as `root`, the RFC 6962 root over their hashes (ledger/verify/fact-table.ts): without the
 * patients' keys a leaf tells nothing.
 */
export async function appendEvents(tx: Tx, events: readonly Said[]): Promise<void> {
  if (events.length === 0) return;
  const { at, keys } = await keysOf(tx, events.flatMap(({ covered = [], about = [] }) => [...covered, ...about]));
  await recordEvents(tx, events.map(({ kind, body, covered = [], about = [] }) => {
    const { hashes, root, patients } = hashRows(keys, covered);
    const rows = covered.length === 0 ? {} : { covered: sections(covered), root: digestBytes(root).toString('hex') };
    const bytes = canonicalBytes({ ...body, ...rows, ...subjectsOf(keys, about), kind, at });
    return {
      kind, body: bytes, covers: covered.map((row) => row.id), hashes,
      first: covered.filter((row) => row.table === covered[0]?.table).length,
      touches: Buffer.concat([...patients, ...namedTouches(JSON.parse(bytes.toString('utf8')) as Record<string, unknown>).flatMap((subject) => [digestBytes(subject), leafHash(bytes)])]),
    };
  }));
}

/** The same for one event. */
export const appendEvent = (tx: Tx, kind: EventKind, body: EventBody, covered: readonly CoveredRow[] = [], about: readonly About[] = []): Promise<void> =>
  appendEvents(tx, [{ kind, body, covered, about }]);

/** `['version', 398, 'received_chunk', 1]`: how many rows of which table, in order. */
function sections(covered: readonly CoveredRow[]): (string | number)[] {
  const counts = new Map<string, number>();
  for (const { table } of covered) counts.set(table, (counts.get(table) ?? 0) + 1);
  return [...counts].flat();
}

/** The rows' hashes and their root; for each patient the chain's subject and the root over the hashes of his rows. */
function hashRows(keys: Keys, covered: readonly CoveredRow[]): { hashes: Buffer; root: Digest; patients: Buffer[] } {
  const mine = new Map<HmacKey, Digest[]>();
  const hashes = Buffer.allocUnsafe(covered.length * HASH_BYTES);
  const leaves = covered.map(({ table, source, patient, row }, place) => {
    const key = source === null ? undefined : keyOf(keys, { source, patient });
    const digest = factDigest(table, row, key);
    hashes.write(digest, place * HASH_BYTES, 'latin1');
    const leaf = leafOfDigest(digest);
    if (key !== undefined && patient !== '') push(mine, key, leaf);
    return leaf;
  });
  const root = rootOfDigests(leaves);
  return { hashes, root, patients: [...mine].flatMap(([key, own]) => [patientSubject(key), digestBytes(own.length === leaves.length ? root : rootOfDigests(own))]) };
}

type Keys = ReadonlyMap<number, ReadonlyMap<string, HmacKey>>;

function keyOf(keys: Keys, { source, patient }: About): HmacKey {
  const key = keys.get(source)?.get(patient);
  if (key === undefined) throw new Error('a subject key that was just written is not there');
  return key;
}

/** `about`: the chains' subjects, which without the keys tell nothing. */
const subjectsOf = (keys: Keys, about: readonly About[]): EventBody =>
  about.length === 0 ? {} : { about: about.map((one) => patientSubject(keyOf(keys, one)).toString('hex')) };

async function keysOf(tx: Tx, named: readonly { source: number | null; patient: string }[]): Promise<{ at: string; keys: Keys }> {
  const asked = new Map<number, Set<string>>();
  for (const { source, patient } of named) {
    if (source === null) continue;
    const patients = asked.get(source);
    if (patients === undefined) asked.set(source, new Set([patient]));
    else patients.add(patient);
  }
  const subjects = [...asked].flatMap(([source, patients]) => [...patients].map((patient) => ({ source, patient })));
  const found = await subjectKeys(tx, subjects, () => randomBytes(32));
  const keys = new Map([...asked.keys()].map((source) => [source, new Map<string, HmacKey>()]));
  for (const { source, patient, key } of found.keys) keys.get(source)?.set(patient, hmacKey(key));
  return { at: found.at, keys };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
