import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linksOf } from '../storage/ledger-chains.ts';
import { ledgerHead, leafBodies } from '../storage/ledger.ts';
import { testDatabase } from '../test/support/database.ts';
import { governedHistory } from '../test/support/governed-history.ts';
import { appendEvent } from './append.ts';
import { fileAnchor, readAnchors } from './anchors/file-anchor.ts';
import { makeCheckpoint } from './checkpoint.ts';
import { sequence } from './sequence.ts';
import { nodesInStore } from './tiles-in-store.ts';
import { nextLink } from './verify/chains.ts';
import { parseCheckpoint } from './verify/checkpoint.ts';
import { merkleRoot } from './verify/merkle.ts';
import { isSignedBy, parseVerifierKey, verifierKey } from './verify/note.ts';
import { checkConsistency, checkInclusion, consistencyProof, inclusionProof, treeRoot } from './verify/tree.ts';
import { leafHash } from './verify/merkle.ts';

const { db } = await testDatabase();
const { privateKey: key } = generateKeyPairSync('ed25519');
const file = join(await mkdtemp(join(tmpdir(), 'anchor-')), 'deep', 'checkpoints.jsonl');
const signing = { db, key, anchors: [fileAnchor(file)], origin: 'hospital.example/assay' };

test('an empty log has no checkpoint', async () => expect(await makeCheckpoint(signing)).toBeUndefined());

test('events of a governed run become leaves; the checkpoint is signed, and anchored once', async () => {
  const history = await governedHistory(db);
  await history.govern([{ type: 'Patient', id: 'p1' }, { type: 'Observation', id: 'o1', patient: 'p1' }, { type: 'Observation', id: 'o2', patient: 'p1', text: 'held' }]);
  const { token } = await history.consumer('sepsis');
  expect(await history.read(token)).toBe(2);
  expect(await sequence(db)).toBeGreaterThan(4);
  const note = await makeCheckpoint(signing);
  const checkpoint = parseCheckpoint(note ?? '')!;
  const bodies = await leafBodies(db, 0, checkpoint.size);
  expect(checkpoint.root.toString('hex')).toBe(merkleRoot(bodies).toString('hex'));
  expect(bodies.map((body) => (JSON.parse(body.toString()) as { kind: string }).kind)).toEqual(
    ['policy-changed', 'landed', 'assessed', 'released', 'role-changed', 'range-consumed', 'ledger-key', 'chain-heads']);
  expect(isSignedBy(checkpoint.note, parseVerifierKey(verifierKey('hospital.example/assay', key))!)).toBe(true);
  expect(await makeCheckpoint(signing)).toBe(note);
  expect(await readAnchors(file)).toHaveLength(1);
});

test('every chain is what its links make it', async () => {
  const { rows } = await db.query<{ id: string; subject: Buffer; count: number; link: Buffer }>('select id, subject, count::int, link from ledger_chain');
  expect(rows).toHaveLength(2); // the patient, the consumer
  for (const chain of rows) {
    const links = await linksOf(db, chain.id);
    expect(links.map((link) => link.n)).toEqual(links.map((_, at) => at + 1));
    expect(links).toHaveLength(chain.count);
    expect(links.reduce((link, { leaf, hash }) => nextLink(link, leaf, hash), chain.subject).equals(chain.link)).toBe(true);
  }
});

test('over several tiles: the stored tree is RFC 6962’s, with its proofs', async () => {
  const more = async (count: number): Promise<number> => {
    await db.transaction(async (tx) => { for (let n = 0; n < count; n++) await appendEvent(tx, 'decided', { by: 'ada', n }); });
    await sequence(db);
    return (await ledgerHead(db)).size;
  };
  const older = await more(700);
  const size = await more(133);
  const bodies = await leafBodies(db, 0, size);
  const node = nodesInStore(db);
  const [olderRoot, root] = [merkleRoot(bodies.slice(0, older)), merkleRoot(bodies)];
  expect((await treeRoot(size, node)).equals(root)).toBe(true);
  expect(checkConsistency(await consistencyProof(older, size, node), older, olderRoot, size, root)).toBe(true);
  expect(checkConsistency(await consistencyProof(older - 1, size, node), older, olderRoot, size, root)).toBe(false);
  for (const leaf of [0, 255, 256, 511, 640, size - 1]) {
    const proof = await inclusionProof(leaf, size, node);
    expect(checkInclusion(proof, leaf, leafHash(bodies[leaf]!), size, root)).toBe(true);
    expect(checkInclusion(proof, leaf, leafHash(bodies[leaf - 1] ?? bodies[1]!), size, root)).toBe(false);
  }
});

test('many sequencers at once place each event once', async () => {
  const before = (await ledgerHead(db)).size;
  await Promise.all(Array.from({ length: 6 }, async (_, n) => {
    await db.transaction(async (tx) => { await appendEvent(tx, 'decided', { by: 'grace', n }); });
    await sequence(db);
  }));
  await sequence(db);
  const { rows: [row] } = await db.query<{ placed: number; apart: number }>('select count(leaf)::int as placed, count(distinct leaf)::int as apart from event');
  expect(row).toEqual({ placed: before + 6, apart: before + 6 });
});
