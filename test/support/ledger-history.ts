import { join } from 'node:path';
import { fileAnchor } from '../../ledger/anchors/file-anchor.ts';
import { makeCheckpoint, type Signing } from '../../ledger/checkpoint.ts';
import { sequence } from '../../ledger/sequence.ts';
import type { Database } from '../../storage/connect.ts';
import { seededRandom } from '../../sandbox/seeded-random.ts';
import { governedHistory, type Given, type GovernedHistory } from './governed-history.ts';
import { keyWithPlus } from './key-with-plus.ts';
import { makeScratch } from './scratch.ts';

export type LedgerHistory = { readonly signing: Signing; readonly anchorFile: string; readonly history: GovernedHistory; step(): Promise<void>; remove(): Promise<void> };

/** An honest random history through the real stages, with its ledger: the same one for a seed. */
export async function ledgerHistory(db: Database, seed: number, steps: number, sign = true): Promise<LedgerHistory> {
  const random = seededRandom(seed, 'history').share;
  const scratch = await makeScratch('anchors');
  const anchorFile = join(scratch.path, 'checkpoints.jsonl');
  const signing: Signing = { db, key: keyWithPlus(), anchors: [fileAnchor(anchorFile)], origin: 'hospital.example/assay' };
  const history = await governedHistory(db);
  const tokens = [(await history.consumer('sepsis', 'care', ['sepsis@3'])).token];
  const upTo = (n: number): number => Math.floor(random() * n);
  const items = (): Given[] => Array.from({ length: 1 + upTo(12) }, (): Given => {
    const patient = `p${upTo(5)}`;
    const kind = upTo(10);
    if (kind === 0) return { type: 'Observation', id: `o${upTo(30)}`, deleted: true };
    if (kind === 1) return { type: 'Patient', id: patient, text: `${upTo(9)}` };
    if (kind === 2) return { type: 'Provenance', id: `v${upTo(9)}`, target: `Observation/o${upTo(30)}` };
    if (kind === 3) return { type: 'Organization', id: `g${upTo(3)}`, text: `${upTo(4)}` };
    return { type: 'Observation', id: `o${upTo(30)}`, patient, text: upTo(4) === 0 ? `held ${upTo(99)}` : `${upTo(999)}` };
  });
  const step = async (): Promise<void> => {
    const what = upTo(10);
    if (what < 6) await history.govern(items());
    else if (what === 6) tokens.push((await history.consumer(`model-${tokens.length}`, 'training')).token);
    else if (what === 7) await history.read(tokens[0]!, { after: upTo(20) });
    else if (what === 8) {
      const { rows } = await db.query<{ id: string }>(`select version_id as id from feed_entry where kind = 'release' order by random() limit 2`);
      await history.retract(rows.map((row) => row.id), ['care', 'training'], 'reversed');
    }
    if (sign && upTo(3) === 0) await makeCheckpoint(signing);
    else if (upTo(2) === 0) await sequence(db);
  };
  await history.govern([{ type: 'Patient', id: 'p0' }, { type: 'Observation', id: 'o1', patient: 'p0' }, { type: 'Provenance', id: 'v0', target: 'Observation/o1' }]);
  await history.read(tokens[0]!);
  for (let n = 0; n < steps; n++) await step();
  if (sign) await makeCheckpoint(signing);
  return { signing, anchorFile, history, step, remove: scratch.remove };
}
