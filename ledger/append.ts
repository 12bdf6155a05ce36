import { randomBytes } from 'node:crypto';
import type { CoveredRow, EventBody, EventKind } from '../terms/event.ts';
import type { Tx } from '../storage/connect.ts';
import { recordEvent, subjectKeys } from '../storage/events.ts';
import { canonicalBytes } from './canonical-json.ts';
import { hmacKey, hmacSha256, type HmacKey } from './hmac.ts';
import { merkleRoot } from './merkle-root.ts';

/**
 * Writes the event of a fact in the fact's own transaction (contract 23). The rows it covers enter
 * only as `root`, the RFC 6962 root over their hashes, each HMAC-SHA256 of its RFC 8785 bytes under
 * its patient's key: without the key a leaf tells nothing.
 */
export async function appendEvent(tx: Tx, kind: EventKind, body: EventBody, covered: readonly CoveredRow[] = []): Promise<void> {
  const hashes = await rowHashes(tx, covered);
  const rows = covered.length === 0 ? {} : { rows: covered.length, root: merkleRoot(hashes).toString('hex') };
  await recordEvent(tx, kind, canonicalBytes({ ...body, ...rows, kind }));
}

async function rowHashes(tx: Tx, covered: readonly CoveredRow[]): Promise<Buffer[]> {
  const keys = new Map<number, Map<string, HmacKey>>();
  for (const source of [...new Set(covered.map((row) => row.source))].sort((a, b) => a - b)) {
    const patients = new Set(covered.filter((row) => row.source === source).map((row) => row.patient));
    const offered = new Map([...patients].map((patient) => [patient, randomBytes(32)]));
    keys.set(source, new Map([...await subjectKeys(tx, source, offered)].map(([patient, key]) => [patient, hmacKey(key)])));
  }
  return covered.map(({ source, patient, row }) => {
    const key = keys.get(source)?.get(patient);
    if (key === undefined) throw new Error('a subject key that was just written is not there');
    return hmacSha256(key, canonicalBytes(row));
  });
}
